"""How long a version is supported: which stage it is in on a day, and how many days that lasts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Stage(StrEnum):
    """SUPPORTED until the last day of support, UNSUPPORTED until the end of life, ENDED after it.

    UNDATED: no last day is known at all.
    """

    SUPPORTED = "supported"
    UNSUPPORTED = "unsupported"
    ENDED = "ended"
    UNDATED = "undated"


@dataclass(frozen=True, kw_only=True)
class Lifetime:
    """Each a last day, on which it still holds; None where it is not known or there is none."""

    released_on: date | None = None
    support_ends_on: date | None = None
    life_ends_on: date | None = None

    @property
    def is_sound(self) -> bool:
        """Whether the days come in their order."""
        days = [on for on in (self.released_on, self.support_ends_on, self.life_ends_on) if on]
        return days == sorted(days)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """`ends_on` is the last day of this stage and `ends_in_days` how many are left, 0 on that day itself.

    `ended_on` is the last day of the stage before. None where there is no such day.
    """

    stage: Stage
    ends_on: date | None = None
    ends_in_days: int | None = None
    ended_on: date | None = None


def standing(lifetime: Lifetime, on: date) -> Standing:
    """How it stands on a day. Before its release it stands as on its first day."""
    support, life = lifetime.support_ends_on, lifetime.life_ends_on
    if life and on > life:
        return Standing(stage=Stage.ENDED, ended_on=life)
    if support and on > support:
        return _ahead(Stage.UNSUPPORTED, life, on, ended_on=support)
    if support or life:
        return _ahead(Stage.SUPPORTED, support or life, on)
    return Standing(stage=Stage.UNDATED)


def _ahead(stage: Stage, ends_on: date | None, on: date, ended_on: date | None = None) -> Standing:
    days = (ends_on - on).days if ends_on else None
    return Standing(stage=stage, ends_on=ends_on, ends_in_days=days, ended_on=ended_on)
