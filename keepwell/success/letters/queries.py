"""Questions about letters. Faces start from `Correspondence.objects.visible_to`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from keepwell.customers.models import Consent, Contact, ContactAddress
from keepwell.customers.queries import sees_all
from keepwell.journal.kinds import all_kinds
from keepwell.journal.models import Entry
from keepwell.people.models import User
from keepwell.success.letters.choosing import Candidate, Chosen, chosen_from
from keepwell.success.letters.models import Correspondence

WRITES = "letter.write"
# What somebody has to agree to before he is written to as one of many.
CONSENT = Consent.Purpose.NEWS


def unanswered(user: User) -> QuerySet[Correspondence]:
    """What this one of ours answers and the contact wrote last in; the newest answer first."""
    rows: Any = Correspondence.objects.visible_to(user).filter(owner=user).waiting_for_us()
    newest: QuerySet[Correspondence] = rows.order_by("-last_at", "-pk")
    return newest


def chosen(contacts: Iterable[Contact], *, at: datetime) -> Chosen:
    """Who of these is written to as one of many at that instant. One query."""
    asked = [one.pk for one in contacts]
    agreeing = Consent.objects.filter(contact=OuterRef("pk"), purpose=CONSENT, withdrawn_at=None)
    reaching = ContactAddress.objects.filter(
        contact=OuterRef("pk"), verified_at__isnull=False, bounced_at__isnull=True
    )
    had = Correspondence.objects.filter(is_to_many=True, contact=OuterRef("pk")).values("contact")
    rows = Contact.objects.filter(pk__in=asked).annotate(
        agrees=Exists(agreeing),
        is_reached=Exists(reaching),
        last_at=had.annotate(last=Max("begun_at")).values("last"),
    )
    known = {
        row.pk: Candidate(
            contact=row.pk,
            is_reachable=row.is_reached and row.account_id is not None and row.erased_at is None,
            agrees=row.agrees,
            last_at=row.last_at,
        )
        for row in rows
    }
    apart = timedelta(days=settings.KEEPWELL_LETTERS_APART_DAYS)
    return chosen_from((known[pk] for pk in dict.fromkeys(asked) if pk in known), apart=apart, at=at)


def in_portfolio(user: User) -> QuerySet[Contact]:
    """The living contacts of the accounts that this one of ours looks after, by account and name."""
    own = Q(account__stewardships__user=user, account__stewardships__to_at__isnull=True)
    rows = Contact.objects.filter(own, merged_into=None, erased_at=None).select_related("account")
    return rows.order_by("account__name", "name", "pk").distinct()


def visible_entries(actor: Any) -> QuerySet[Entry]:
    """For staff: a customer reads the words themselves, in his mail."""
    entries = Entry.objects.of_kinds(own_kinds())
    return entries if sees_all(actor, "account.see") else entries.none()


def own_kinds() -> tuple[str, ...]:
    return tuple(kind.name for kind in all_kinds() if kind.slice_name == "correspondence")
