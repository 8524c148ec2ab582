"""Whether a promise burns: whether it is missed faster than it can bear, and still is. Pure.

A burn of 1 spends the budget exactly as fast as it comes in; 4 spends a month's budget in about a week. Each
pace looks at two stretches at once, as burn-rate alerts do: the long one says that it is no whim of a day,
the short one that it has not stopped long ago. A help desk's numbers are small, so two more things are asked:
at least two misses, for one case alone is a case and not a trend; and more of them than chance brings to a
desk that spends its budget evenly.

Simulated over ten years, asked eight times a day: a desk that spends half of its budget is told in error at
most twice a year fast and once slowly, from 30 allowed misses a month on never. From 3 allowed ones on it is
told within two days of missing ten times as many as it may, within four of six times, within six of three
times; and of a month of it about once or twice, for it is calm only at the pace that the promise bears.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from math import sqrt

FAST, SLOW = "fast", "slow"
KINDS = (FAST, SLOW)
# One case must never alarm anybody: it has warnings of its own.
FEWEST = 2
# So many standard deviations of a count above what the budget bears; chance comes so far once in forty times.
BEYOND_CHANCE = 2.0
# Begun at several times the pace, it ends at the pace itself: between the two nobody hears anything.
CALM_BELOW = 1.0
# A calendar that is closed for longer has no days to look back on; what there is counts.
LOOKS_BACK_AT_MOST = 60
DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Pace:
    """How fast is too fast: `burns_at` in the last `days` and in the last `lately` days alike."""

    kind: str
    days: int
    lately: int
    burns_at: float


# A quarter of the time that a budget is for would spend it all: to be looked at today.
FAST_PACE = Pace(kind=FAST, days=3, lately=1, burns_at=4.0)
# Two thirds of the time would: to be talked about this week.
SLOW_PACE = Pace(kind=SLOW, days=14, lately=3, burns_at=1.5)
PACES = (FAST_PACE, SLOW_PACE)
# One miss that is left of it all keeps nothing burning after so many days without another.
QUIET = 3
STRETCHES = tuple(sorted({QUIET, *(days for pace in PACES for days in (pace.days, pace.lately))}))


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """The last days: the clocks that came to be missed in them, and how many such days may miss.

    allowed: a mean, seldom whole; 0 where the promise is for every case and there is no budget.
    """

    missed: int
    allowed: float

    @property
    def burn(self) -> float | None:
        """None where there is no budget to burn."""
        return self.missed / self.allowed if self.allowed > 0 else None

    @property
    def is_beyond_chance(self) -> bool:
        return self.missed >= self.allowed + BEYOND_CHANCE * sqrt(self.allowed)


Stretches = Mapping[int, Stretch]


def is_burning(pace: Pace, stretches: Stretches, *, already: bool) -> bool:
    """Whether it burns at this pace, by the stretches of its days; `already`: it did when asked before."""
    whole = stretches[pace.days]
    return _goes_on(whole, stretches[QUIET]) if already else _begins(pace, whole, stretches[pace.lately])


def _begins(pace: Pace, whole: Stretch, lately: Stretch) -> bool:
    if whole.missed < FEWEST:
        return False
    if whole.burn is None or lately.burn is None:
        # Where every case was promised the second miss within the fast days is the news.
        return pace is FAST_PACE
    return whole.is_beyond_chance and min(whole.burn, lately.burn) >= pace.burns_at


def _goes_on(whole: Stretch, quiet: Stretch) -> bool:
    if whole.missed < FEWEST and not quiet.missed:
        return False
    return whole.burn is None or whole.burn >= CALM_BELOW


def look_back(at: datetime, days: int, zone: tzinfo, counts: Callable[[date], bool]) -> datetime:
    """The same time of day, so many local days earlier, of those alone that count.

    On a day that does not count it is asked at the end of the last one that did: over a weekend nothing
    changes for a promise in business time.
    """
    local = at.astimezone(zone)
    dates = [local.date() - DAY * back for back in range(LOOKS_BACK_AT_MOST + 1)]
    before = [one for one in dates[1:] if counts(one)]
    first = before[days - 1] if len(before) >= days else dates[-1]
    return datetime.combine(first, local.time() if counts(dates[0]) else time(), zone)
