"""What is kept beside the cases against a full replay of what was recorded: `keepwell doctor clocks`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from keepwell.cases.models import Case
from keepwell.kit import clock as kit_clock
from keepwell.service_levels import clock_state
from keepwell.service_levels.caching import NAME, differences, rows_of
from keepwell.service_levels.history import histories_of
from keepwell.service_levels.models import Clock
from keepwell.service_levels.promises import Promises

AT_ONCE = 1000


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One clock whose row is not what its case's entries say.

    `what` is "missing" (no such row), "surplus" (no such clock) or "different" in these `columns`.
    """

    case_id: int
    metric: str
    started_by: int
    what: str
    columns: tuple[str, ...] = ()


def clock_differences(
    *, at: datetime | None = None, told: Callable[[int], None] = lambda cases: None
) -> Iterator[Difference]:
    """Every difference, case by case; `told` hears how many cases were checked after each thousand."""
    at = kit_clock.instant(at)
    promises = Promises()
    checked = 0
    for case_ids in _some_at_a_time():
        yield from _differences_of(case_ids, promises, at)
        checked += len(case_ids)
        told(checked)


def _some_at_a_time() -> Iterator[list[int]]:
    last = 0
    cases = Case.objects.order_by("pk").values_list("pk", flat=True)
    while found := list(cases.filter(pk__gt=last)[:AT_ONCE]):
        yield found
        last = found[-1]


def _differences_of(case_ids: list[int], promises: Promises, at: datetime) -> Iterator[Difference]:
    kept: dict[int, dict[tuple[str, int], Clock]] = {case_id: {} for case_id in case_ids}
    for clock in Clock.objects.filter(case_id__in=case_ids):
        kept[clock.case_id][clock.metric, clock.started_by] = _as_of(clock, at)
    histories = histories_of(case_ids, promises)
    for case_id in case_ids:
        history = histories.get(case_id)
        wanted = rows_of(case_id, history, as_of=at) if history else []
        yield from _compared(case_id, kept[case_id], wanted)


def _compared(case_id: int, kept: dict[tuple[str, int], Clock], wanted: list[Clock]) -> Iterator[Difference]:
    for clock in wanted:
        metric, started_by = (getattr(clock, part) for part in NAME)
        row = kept.pop((metric, started_by), None)
        if columns := differences(row, clock):
            what = "different" if row else "missing"
            yield Difference(
                case_id=case_id,
                metric=metric,
                started_by=started_by,
                what=what,
                columns=tuple(columns) if row else (),
            )
    for metric, started_by in kept:
        yield Difference(case_id=case_id, metric=metric, started_by=started_by, what="surplus")


def _as_of(clock: Clock, at: datetime) -> Clock:
    """The row as it is to be read at the instant: a due that passed is a miss, told already or not."""
    if clock.state_at(at) != clock.state:
        clock.state, clock.missed_at = clock_state.MISSED, clock.due_at
    return clock
