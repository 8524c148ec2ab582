"""Who takes part in a case on the customer's side, and what the reader may do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from keepwell.cases.models import Case
from keepwell.conversations.models import Participant, PartRole
from keepwell.conversations.verbs.participating import decides_who_takes_part
from keepwell.portal.readers import Reader


@dataclass(frozen=True, kw_only=True)
class Part:
    """Somebody who takes part, or who wrote and is not confirmed yet (`is_suggested`)."""

    contact: Any
    is_you: bool
    is_opener: bool
    is_suggested: bool


@dataclass(frozen=True, kw_only=True)
class People:
    """`decides`: the reader says who takes part, and whether the case is private."""

    parts: list[Part]
    decides: bool
    may_add: bool


def people_of(case: Case, reader: Reader) -> People:
    """The opener first. Three queries."""
    rows = Participant.objects.filter(conversation=case.conversation_id, removed_at__isnull=True)
    decides = decides_who_takes_part(case.conversation, by=reader.actor)
    rows = rows.select_related("contact").prefetch_related("contact__addresses").order_by("role", "pk")
    return People(
        parts=[_part(row, reader) for row in rows],
        decides=decides,
        may_add=decides and case.account_id is not None,
    )


def _part(row: Participant, reader: Reader) -> Part:
    return Part(
        contact=row.contact,
        is_you=reader.contact is not None and reader.contact.pk == row.contact_id,
        is_opener=row.role == PartRole.OPENER,
        is_suggested=row.confirmed_at is None,
    )
