"""Sponsors and champions who left: how long their role is nobody's at the account. A successor ends that."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from fractions import Fraction

from django.db.models import Q, QuerySet
from django.db.models.functions import Least

from keepwell.customers.models import ContactRole
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
    """Of whoever left last in each role at each account, and of those in `known`. Two queries."""
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


def _held(accounts: Sequence[int], as_of: datetime) -> set[tuple[int | None, str]]:
    """Account and role, where somebody who was still there had it at that instant."""
    rows = _rows(accounts).filter(
        Q(to_at__isnull=True) | Q(to_at__gt=as_of),
        Q(contact__erased_at__isnull=True) | Q(contact__erased_at__gt=as_of),
        from_at__lte=as_of,
    )
    return set(rows.values_list("account", "role"))


def _left(accounts: Sequence[int], as_of: datetime) -> dict[tuple[int, str], tuple[int, datetime]]:
    """Who lost each role at each account last, and when: it ended, or he was erased in it."""
    left = _rows(accounts).annotate(left_at=Least("to_at", "contact__erased_at"))
    lately = left.filter(left_at__lte=as_of, left_at__gt=as_of - LOOKS_BACK)
    ordered = lately.order_by("left_at", "contact").values_list("account", "role", "contact", "left_at")
    return {(account, role): (contact, at) for account, role, contact, at in ordered}


def _rows(accounts: Sequence[int]) -> QuerySet[ContactRole]:
    roles = [role.value for role in ROLES.values()]
    return ContactRole.objects.filter(account__in=accounts, role__in=roles)
