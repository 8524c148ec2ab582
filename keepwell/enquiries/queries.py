"""Questions about enquiries. Faces start from `Enquiry.objects.visible_to`."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from keepwell.customers.models import Account, Stewardship
from keepwell.customers.queries import sees_all
from keepwell.enquiries.models import Enquiry, Kind
from keepwell.enquiries.models.enquiry import EnquiryQuerySet
from keepwell.journal.kinds import all_kinds, kinds_customers_see
from keepwell.journal.models import Entry, EntrySubject
from keepwell.people.models import User


def own_enquiries(user: User) -> EnquiryQuerySet:
    """The open ones that this one of ours answers."""
    return Enquiry.objects.visible_to(user).still_open().filter(owner=user)


def steward_for(kind: str, account: Account) -> User | None:
    """Who answers an enquiry of this kind; whoever else looks after the account where nobody is for it."""
    wanted = Stewardship.Kind.SUCCESS if kind == Kind.ENGAGEMENT else Stewardship.Kind.ACCOUNT
    rows = Stewardship.objects.filter(account=account, to_at__isnull=True, user__is_active=True)
    found = sorted(rows.select_related("user"), key=lambda one: (one.kind != wanted, one.pk))
    return found[0].user if found else None


def visible_entries(actor: Any) -> QuerySet[Entry]:
    """Staff read how all enquiries went, a customer how those went that he may see."""
    entries = Entry.objects.of_kinds(own_kinds())
    if sees_all(actor, "account.see"):
        return entries
    about = EntrySubject.objects.filter(
        entry=OuterRef("pk"),
        kind="enquiry",
        subject_id__in=Enquiry.objects.visible_to(actor).values("pk"),
    )
    return entries.filter(Exists(about)).of_kinds(kinds_customers_see())


def own_kinds() -> tuple[str, ...]:
    return tuple(kind.name for kind in all_kinds() if kind.slice_name == "enquiry")
