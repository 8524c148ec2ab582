"""Sponsors and champions who left: how long their role is nobody's at the account. A successor ends that."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from fractions import Fraction

from django.db.models import F, Q

from keepwell.customers.models import ContactRole
from keepwell.journal.models import Entry, EntrySubject
from keepwell.success.signals.grammar import Asked
from keepwell.success.signals.holding import Reading

# Account and contact.
Person = tuple[int, int]
ROLES = {
    "role.sponsor_gone": ContactRole.Kind.EXECUTIVE_SPONSOR,
    "role.champion_gone": ContactRole.Kind.CHAMPION,
}
LOOKS_BACK = timedelta(days=400)
FILLED = Reading(value=Fraction(0))


def read(
    accounts: Sequence[int], as_of: datetime, asked: Collection[Asked], known: Iterable[Person] = ()
) -> Mapping[Person, Mapping[Asked, Reading]]:
    """Of whoever left last in each role at each account, and of those in `known`. Four queries."""
    people = list(known)
    found: dict[Person, dict[Asked, Reading]] = {}
    held = _held(accounts, as_of)
    left = _left(accounts, as_of)
    for one in asked:
        role = ROLES[one.reading].value
        last = {account: who for (account, of_role), who in left.items() if of_role == role}
        for account, (contact, at) in last.items():
            vacant = Reading(value=Fraction((as_of.date() - at.date()).days), ids=(contact,))
            is_filled = (account, role) in held
            found.setdefault((account, contact), {})[one] = FILLED if is_filled else vacant
        for person in people:
            if (person[0], role) in held:
                found.setdefault(person, {})[one] = FILLED
    return found


def _held(accounts: Sequence[int], as_of: datetime) -> set[tuple[int, str]]:
    """Account and role, where somebody who was still there had it at that instant."""
    rows = ContactRole.objects.filter(
        Q(to_at__isnull=True) | Q(to_at__gt=as_of),
        Q(contact__erased_at__isnull=True) | Q(contact__erased_at__gt=as_of),
        contact__account__in=accounts,
        from_at__lte=as_of,
        role__in=[role.value for role in ROLES.values()],
    )
    return {(account, role) for account, role in rows.values_list("contact__account", "role") if account}


def _left(accounts: Sequence[int], as_of: datetime) -> dict[tuple[int, str], tuple[int, datetime]]:
    """Who lost each role at each account last, and when; whoever was placed elsewhere lost it here."""
    rows = [*_ended(accounts, as_of), *_erased(accounts, as_of)]
    return {
        (account, role): (contact, at) for at, account, contact, role in sorted(rows, key=lambda row: row[:3])
    }


Left = Iterable[tuple[datetime, int, int, str]]


def _ended(accounts: Sequence[int], as_of: datetime) -> Left:
    """By the journal: a contact knows only the account that he is at now."""
    entries = Entry.objects.filter(
        kind="contact.role_ended",
        occurred_at__lte=as_of,
        occurred_at__gt=as_of - LOOKS_BACK,
        facts__role__in=[role.value for role in ROLES.values()],
        subjects__kind="account",
        subjects__subject_id__in=accounts,
    )
    rows = list(entries.values_list("pk", "occurred_at", "subjects__subject_id", "facts__role"))
    about = EntrySubject.objects.filter(entry__in=[row[0] for row in rows], kind="contact")
    contacts = dict(about.values_list("entry", "subject_id"))
    return [(at, account, contacts[pk], role) for pk, at, account, role in rows if pk in contacts]


def _erased(accounts: Sequence[int], as_of: datetime) -> Left:
    rows = ContactRole.objects.filter(
        contact__account__in=accounts,
        contact__erased_at__lte=as_of,
        to_at__isnull=True,
        role__in=[role.value for role in ROLES.values()],
    )
    return list(rows.values_list("contact__erased_at", F("contact__account"), "contact", "role"))
