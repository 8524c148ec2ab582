"""The map of the people at an account, as the desk shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from keepwell.customers.models import ContactRole
from keepwell.customers.people_map import Seat

BEFORE_SHOWN = 3


@dataclass(frozen=True, kw_only=True)
class Shown:
    """`before` are the last three who had it; `empty_since` warns that nobody follows the last one."""

    words: str
    now: list[Any]
    before: list[Any]
    empty_since: datetime | None


def seat_of(seat: Seat) -> Shown:
    return Shown(
        words=str(ContactRole.Kind(seat.role).label),
        now=list(seat.now),
        before=list(seat.before[:BEFORE_SHOWN]),
        empty_since=seat.empty_since,
    )
