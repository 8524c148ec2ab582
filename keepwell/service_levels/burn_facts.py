"""What a guideline's last days missed, and what they may: read for `burning` to judge.

Only the clocks of these days are read, by their indexes. Of imported cases what was missed is left out, as it
is left out wherever somebody is told: another desk missed it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce

from keepwell.calendars.compiled import working_time_of
from keepwell.calendars.queries import version_in_force
from keepwell.calendars.working_time import WorkingTime
from keepwell.service_levels import clock_state
from keepwell.service_levels.burning import STRETCHES, Pace, Stretch, Stretches, look_back
from keepwell.service_levels.measuring import clocks_a_week, promise_at
from keepwell.service_levels.models import Clock, Commitment, GuidelineVersion
from keepwell.service_levels.models.policy import Unit

WEEK = range(7)


@dataclass(frozen=True, kw_only=True)
class Spending:
    """What the last days spent of a guideline's budget, by how many days; and the promise then."""

    commitment: Commitment
    stretches: Stretches

    def facts_of(self, pace: Pace) -> dict[str, Any]:
        """The numbers of a pace as they are kept and said; `burn` is None without a budget."""
        whole, lately = self.stretches[pace.days], self.stretches[pace.lately]
        return {
            "days": pace.days,
            "missed": whole.missed,
            "allowed": round(whole.allowed, 1),
            "burn": None if whole.burn is None else round(whole.burn, 1),
            "lately_days": pace.lately,
            "lately_missed": lately.missed,
            "in_business_time": self.commitment.unit != Unit.HOURS,
        }


def spending_of(version: GuidelineVersion, *, at: datetime) -> Spending:
    """What was missed in the last days of each of STRETCHES until an instant. Six queries."""
    commitment = promise_at(version, at)
    days = _Days.of(commitment, at)
    since = {count: look_back(at, count, days.zone, days.counts) for count in STRETCHES}
    missed = _missed(version, since, at)
    started = _started(version, since, at)
    a_day = clocks_a_week(version, at=at) / days.a_week
    # Where more started than the year says, so many more may be missed.
    expected = {count: max(a_day * count, started[count]) for count in STRETCHES}
    may_miss = float(1 - Fraction(commitment.objective) / 100)
    return Spending(
        commitment=commitment,
        stretches={
            count: Stretch(missed=missed[count], allowed=expected[count] * may_miss) for count in STRETCHES
        },
    )


@dataclass(frozen=True, kw_only=True)
class _Days:
    """The days on which a promise can be missed: all, or those with business time, so many a week."""

    zone: ZoneInfo
    counts: Callable[[date], bool]
    a_week: int

    @classmethod
    def of(cls, commitment: Commitment, at: datetime) -> _Days:
        hours = working_time_of(version_in_force(commitment.version.calendar, at))
        if commitment.unit == Unit.HOURS:
            return cls(zone=hours.zone, counts=lambda on: True, a_week=len(WEEK))
        return cls(zone=hours.zone, counts=lambda on: bool(hours.intervals_on(on)), a_week=_open_days(hours))


def _open_days(hours: WorkingTime) -> int:
    """On how many days of a usual week there is business time; 1 where there is none at all."""
    return sum(bool(hours.hours.week[day]) for day in WEEK) or 1


Since = dict[int, datetime]


def _missed(version: GuidelineVersion, since: Since, at: datetime) -> dict[int, int]:
    """A clock past its due is missed, told already or not."""
    first = min(since.values())
    fell = Q(state=clock_state.MISSED, missed_at__gte=first, missed_at__lte=at) | Q(
        state=clock_state.RUNNING, due_at__gte=first, due_at__lt=at
    )
    ours = _clocks_of(version).filter(fell, case__is_imported=False)
    return _counted(ours.alias(on=Coalesce("missed_at", "due_at")), since)


def _started(version: GuidelineVersion, since: Since, at: datetime) -> dict[int, int]:
    # Two questions, each in the words of its partial index.
    begun = _clocks_of(version).filter(started_at__gte=min(since.values()), started_at__lte=at)
    ended = _counted(begun.filter(used__isnull=False), since, "started_at")
    standing = begun.filter(used__isnull=True).exclude(state=clock_state.VOID)
    still = _counted(standing, since, "started_at")
    return {count: ended[count] + still[count] for count in since}


def _clocks_of(version: GuidelineVersion) -> QuerySet[Clock]:
    """The clocks that a guideline is about, whenever they started."""
    asked = {
        "case__product": version.product_id,
        "case__account__segment": version.segment,
        "case__channel": version.channel,
    }
    narrowed = {name: value for name, value in asked.items() if value not in (None, "")}
    return Clock.objects.filter(
        metric=version.metric,
        severity=version.severity,
        policy_version__policy=version.policy_id,
        **narrowed,
    )


def _counted(clocks: QuerySet[Clock], since: Since, on: str = "on") -> dict[int, int]:
    counts = {
        f"days_{count}": Count("pk", filter=Q(**{f"{on}__gte": first})) for count, first in since.items()
    }
    found = clocks.aggregate(**counts)
    return {count: found[f"days_{count}"] for count in since}
