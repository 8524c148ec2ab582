"""Who of several chosen contacts is written to, and why the others are not. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Left(StrEnum):
    """Why somebody is left out."""

    UNREACHABLE = "unreachable"
    DID_NOT_AGREE = "did_not_agree"
    HAD_ONE = "had_one"


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """`last_at` is when he last got a letter that went to several; None if never."""

    contact: int
    is_reachable: bool
    agrees: bool
    last_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """`reached` in the order given; `left` says why of everybody else."""

    reached: tuple[int, ...]
    left: dict[int, Left]


def chosen_from(candidates: Iterable[Candidate], *, apart: timedelta, at: datetime) -> Chosen:
    """Whoever agreed, can be reached, and got no letter to several within `apart` before."""
    reached: list[int] = []
    left: dict[int, Left] = {}
    for one in candidates:
        why = _why_not(one, apart, at)
        if why is None:
            reached.append(one.contact)
        else:
            left[one.contact] = why
    return Chosen(reached=tuple(reached), left=left)


def _why_not(one: Candidate, apart: timedelta, at: datetime) -> Left | None:
    if not one.is_reachable:
        return Left.UNREACHABLE
    if not one.agrees:
        return Left.DID_NOT_AGREE
    if one.last_at is not None and one.last_at > at - apart:
        return Left.HAD_ONE
    return None
