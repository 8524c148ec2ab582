"""How a clock is shown: its words, its tone, and how much of its bar is left.

Pure: a clock and an instant in, a face out. A clock is anything that has the attributes of `Shown`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from django.utils.translation import gettext as _

from keepwell.kit import wording

SOON_SHARE = 0.25  # below this share of its time a clock without a warning of its own says "soon"


class Shown(Protocol):
    """What is asked of a clock. States: running, paused, met, missed, void. Paused, it may have no due_at."""

    @property
    def state(self) -> str: ...
    @property
    def started_at(self) -> datetime: ...
    @property
    def due_at(self) -> datetime | None: ...
    @property
    def stopped_at(self) -> datetime | None: ...


@dataclass(frozen=True, kw_only=True)
class Clock:
    """A clock to show where no stored one is at hand. `left_for` is what a paused one has left."""

    state: str
    started_at: datetime
    due_at: datetime | None = None
    stopped_at: datetime | None = None
    left_for: timedelta | None = None
    is_warned: bool = False


@dataclass(frozen=True, kw_only=True)
class Face:
    """Words, a tone (ok, soon, late, paused, met, missed, void), the share of time left (0 to 1)."""

    words: str
    tone: str
    share_left: float
    short: str
    is_live: bool


def face(clock: Shown, now: datetime) -> Face:
    """What a clock shows at an instant. Past its due and not stopped it is late, decided or not."""
    if runs(clock) and clock.due_at:
        return _running(clock, clock.due_at, now)
    return _still(clock)


def runs(clock: Shown) -> bool:
    """Whether it goes on with the time, be it before its due or after."""
    return clock.stopped_at is None and bool(clock.due_at) and clock.state in {"running", "missed"}


def _running(clock: Shown, due_at: datetime, now: datetime) -> Face:
    left = due_at - now
    share = share_left(clock.started_at, due_at, now)
    return Face(
        words=wording.due(due_at, now),
        tone=running_tone(left, share, is_warned=getattr(clock, "is_warned", False)),
        share_left=share,
        short=wording.left(left),
        is_live=True,
    )


def running_tone(left: timedelta, share: float, *, is_warned: bool) -> str:
    """The tone of a clock that runs, by what is left of its time."""
    if left < timedelta(0):
        return "late"
    return "soon" if is_warned or share < SOON_SHARE else "ok"


def share_left(started_at: datetime, due_at: datetime, now: datetime) -> float:
    """The part of its time that a clock still has, from 1 at its start to 0 at its due and after."""
    whole = (due_at - started_at).total_seconds()
    return min(1.0, max(0.0, (due_at - now).total_seconds() / whole)) if whole > 0 else 0.0


def _still(clock: Shown) -> Face:
    words = _still_words(clock)
    short = {"met": _("met"), "missed": _("missed"), "paused": _("paused"), "void": _("does not count")}
    tone = clock.state if clock.state in short else "paused"
    return Face(words=words, tone=tone, share_left=_still_share(clock), short=short[tone], is_live=False)


def _still_words(clock: Shown) -> str:
    if clock.state == "met" and clock.stopped_at:
        return wording.met(clock.started_at, clock.stopped_at)
    if clock.state == "missed":
        return (
            wording.missed(clock.due_at, clock.stopped_at)
            if clock.due_at and clock.stopped_at
            else _("missed")
        )
    if clock.state == "void":
        return _("does not count")
    return wording.paused(getattr(clock, "left_for", None))


def _still_share(clock: Shown) -> float:
    left_for = getattr(clock, "left_for", None)
    until = clock.due_at
    if clock.state != "paused" or left_for is None or until is None:
        return 1.0 if clock.state in {"paused", "met"} else 0.0
    whole = until - clock.started_at
    return min(1.0, max(0.0, left_for / whole)) if whole else 0.0
