"""What a changed calendar would do to promises: to those that run, and to such as begin from then on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from keepwell.calendars.effects import Day, changed_days, moved_dues
from keepwell.calendars.models import WorkingCalendar
from keepwell.calendars.working_time import WorkingTime
from keepwell.service_levels.clock_state import RUNNING
from keepwell.service_levels.models import Clock, Commitment, PolicyVersion
from keepwell.service_levels.models.policy import Unit

LOOKS_BACK_FOR = timedelta(days=30)
CLOCKS_AT_MOST = 2_000
EXAMPLES_AT_MOST = 5
DAYS_AT_MOST = 3
LOOKS_FOR_OPEN_DAY = 14


@dataclass(frozen=True, kw_only=True)
class MovedPromise:
    """A promise that would be due at another instant; `case_number` None: nobody has made it yet."""

    metric: str
    severity: str
    start: datetime
    before: datetime
    after: datetime
    case_number: int | None = None


@dataclass(frozen=True, kw_only=True)
class CalendarEffect:
    """`moved` of `looked_at` running promises of the last 30 days; `new_ones` begin before changed days."""

    looked_at: int
    moved: int
    examples: tuple[MovedPromise, ...]
    new_ones: tuple[MovedPromise, ...]
    days: tuple[tuple[Day, Day], ...]


def effect_of(
    calendar: WorkingCalendar, before: WorkingTime, after: WorkingTime, *, at: datetime
) -> CalendarEffect:
    """What the change would do from `at` on. Clocks keep the calendar they began under: this only tells."""
    days = tuple(changed_days(before, after, at.astimezone(after.zone).date()))
    clocks = _running(calendar, at)
    moved = list(_moved_clocks(clocks, before, after))
    return CalendarEffect(
        looked_at=len(clocks),
        moved=len(moved),
        examples=tuple(moved[:EXAMPLES_AT_MOST]),
        new_ones=tuple(_new_ones(calendar, before, after, days)),
        days=days,
    )


def _running(calendar: WorkingCalendar, at: datetime) -> list[Clock]:
    rows = Clock.objects.filter(
        state=RUNNING, started_at__gt=at - LOOKS_BACK_FOR, calendar_version__calendar=calendar
    )
    return list(rows.select_related("case").order_by("-started_at", "-pk")[:CLOCKS_AT_MOST])


def _moved_clocks(clocks: Iterable[Clock], before: WorkingTime, after: WorkingTime) -> Iterable[MovedPromise]:
    for clock in clocks:
        for moved in _moved(before, after, clock.started_at, clock.amount, clock.unit):
            yield MovedPromise(
                metric=clock.metric,
                severity=clock.severity,
                start=moved[0],
                before=moved[1],
                after=moved[2],
                case_number=clock.case.number,
            )


def _moved(
    before: WorkingTime, after: WorkingTime, start: datetime, amount: object, unit: str
) -> list[tuple[datetime, datetime, datetime]]:
    found = moved_dues(before, after, [start], amount=amount, unit=unit)
    return [(one.start, one.before, one.after) for one in found]


def _new_ones(
    calendar: WorkingCalendar, before: WorkingTime, after: WorkingTime, days: tuple[tuple[Day, Day], ...]
) -> Iterable[MovedPromise]:
    starts = [start for _old, new in days[:DAYS_AT_MOST] if (start := _start_before(before, after, new.on))]
    for start in dict.fromkeys(starts):
        for promise in _commitments(calendar):
            for moved in _moved(before, after, start, promise.amount, promise.unit):
                yield MovedPromise(
                    metric=promise.metric,
                    severity=promise.severity,
                    start=moved[0],
                    before=moved[1],
                    after=moved[2],
                )


def _start_before(before: WorkingTime, after: WorkingTime, on: date) -> datetime | None:
    """An hour after the opening of the last day before this one that is open either way."""
    for back in range(1, LOOKS_FOR_OPEN_DAY):
        earlier = on - timedelta(days=back)
        spells = before.intervals_on(earlier)
        if spells and spells == after.intervals_on(earlier):
            return spells[0][0] + timedelta(hours=1)
    return None


def _commitments(calendar: WorkingCalendar) -> list[Commitment]:
    newest = PolicyVersion.objects.order_by("policy", "-number").distinct("policy").values("pk")
    rows = Commitment.objects.filter(version__in=newest, version__calendar=calendar)
    return list(rows.exclude(unit=Unit.HOURS).order_by("pk"))
