"""Who at an account stands for what, who did before, and what nobody stands for. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar


class Held(Protocol):
    """A role that somebody has from an instant to another; `to_at` None: he has it now."""

    @property
    def role(self) -> str: ...
    @property
    def from_at(self) -> datetime: ...
    @property
    def to_at(self) -> datetime | None: ...


Role = TypeVar("Role", bound=Held)


@dataclass(frozen=True, kw_only=True)
class Seat(Generic[Role]):
    """One role: whoever has it now and who had it, each the newest first.

    `empty_since` is when the last one left it; None while somebody has it, or nobody ever had.
    """

    role: str
    now: Sequence[Role]
    before: Sequence[Role]
    empty_since: datetime | None


def seats(roles: Iterable[str], held: Iterable[Role]) -> list[Seat[Role]]:
    """A seat for each of these roles, in their order."""
    rows = sorted(held, key=lambda one: one.from_at, reverse=True)
    return [_seat(role, [one for one in rows if one.role == role]) for role in roles]


def _seat(role: str, rows: Sequence[Role]) -> Seat[Role]:
    now = [one for one in rows if one.to_at is None]
    ended = [one.to_at for one in rows if one.to_at is not None]
    return Seat(
        role=role,
        now=now,
        before=[one for one in rows if one.to_at is not None],
        empty_since=max(ended) if ended and not now else None,
    )
