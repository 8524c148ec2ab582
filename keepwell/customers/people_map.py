"""Who at an account stands for what, who did before, and what nobody stands for. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Seat:
    """One role: the times for which somebody has or had it (with `role`, `from_at`, `to_at`), newest first.

    `empty_since` is when the last one left it; None while somebody has it, or nobody ever had.
    """

    role: str
    now: Sequence[Any]
    before: Sequence[Any]
    empty_since: datetime | None


def seats(roles: Iterable[str], held: Iterable[Any]) -> list[Seat]:
    """A seat for each of these roles, in their order."""
    rows = sorted(held, key=lambda one: one.from_at, reverse=True)
    return [_seat(role, [one for one in rows if one.role == role]) for role in roles]


def _seat(role: str, rows: Sequence[Any]) -> Seat:
    now = [one for one in rows if one.to_at is None]
    ended = [one.to_at for one in rows if one.to_at is not None]
    return Seat(
        role=role,
        now=now,
        before=[one for one in rows if one.to_at is not None],
        empty_since=max(ended) if ended and not now else None,
    )
