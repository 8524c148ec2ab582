"""Questions about hand-overs. Faces start from `HandOver.objects.visible_to`."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from keepwell.customers.queries import sees_all
from keepwell.journal.kinds import all_kinds
from keepwell.journal.models import Entry
from keepwell.people.models import User
from keepwell.success.portfolios.models import HandOver


def waiting_for(user: User) -> QuerySet[HandOver]:
    """What this one of ours is to accept or to complete, what is due first before the others."""
    rows = HandOver.objects.visible_to(user).under_way().filter(taker=user)
    return rows.for_list().order_by("due_on", "pk")


def released_in(hand_over: HandOver) -> set[tuple[str, int]]:
    return set(hand_over.releases.values_list("noun", "thing"))


def visible_entries(actor: Any) -> QuerySet[Entry]:
    """For staff: a customer is told by a letter."""
    entries = Entry.objects.of_kinds(own_kinds())
    return entries if sees_all(actor, "account.see") else entries.none()


def own_kinds() -> tuple[str, ...]:
    return tuple(kind.name for kind in all_kinds() if kind.slice_name == "hand_over")
