"""What is kept beside the cases against a full replay of what was recorded: `keepwell doctor clocks`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any, NamedTuple

from django.db.models import Max, Min

from keepwell.cases.models import Case
from keepwell.kit import clock as kit_clock
from keepwell.kit.cores import all_cores
from keepwell.kit.reading import read_rows
from keepwell.service_levels import clock_state
from keepwell.service_levels.caching import COLUMNS, COMPARED, NAME, values_of
from keepwell.service_levels.history import histories_of
from keepwell.service_levels.promises import Promises
from keepwell.service_levels.replay import replay

AT_ONCE = 1000
KEPT = """
    SELECT case_id, the_columns FROM keepwell_service_levels_clock WHERE case_id = ANY(%(cases)s)
""".replace("the_columns", ", ".join(COLUMNS))
# From so many thousands on it pays to start a process for each core.
MANY = 20


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


class Span(NamedTuple):
    """The cases with these ids, both included, as of an instant."""

    first: int
    last: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Checked:
    """What came out of a span of cases."""

    cases: int
    differences: tuple[Difference, ...]


def clock_differences(*, at: datetime | None = None) -> Iterator[Difference]:
    """Every difference, case by case."""
    return chain.from_iterable(found.differences for found in clocks_checked(at=at))


def clocks_checked(*, at: datetime | None = None) -> Iterator[Checked]:
    """All cases, some at a time, in the order of their ids; on all cores where there are many."""
    spans = _spans(kit_clock.instant(at))
    if len(spans) < MANY:
        yield from map(check, spans)
        return
    with all_cores() as cores:
        yield from cores.each_in_order(check, spans)


def _spans(at: datetime) -> list[Span]:
    ends = Case.objects.aggregate(first=Min("pk"), last=Max("pk"))
    if ends["first"] is None:
        return []
    firsts = range(ends["first"], ends["last"] + 1, AT_ONCE)
    return [Span(first, first + AT_ONCE - 1, at) for first in firsts]


def check(span: Span) -> Checked:
    """The cases of a span. A function of a module: it may run in another process."""
    case_ids = list(Case.objects.filter(pk__range=span[:2]).order_by("pk").values_list("pk", flat=True))
    return Checked(cases=len(case_ids), differences=tuple(_differences_of(case_ids, span.at)))


def _differences_of(case_ids: Sequence[int], at: datetime) -> Iterator[Difference]:
    kept: dict[int, dict[tuple[str, int], dict[str, Any]]] = {case_id: {} for case_id in case_ids}
    for case_id, *values in read_rows(KEPT, {"cases": list(case_ids)}):
        clock = _as_of(dict(zip(COLUMNS, values, strict=True)), at)
        kept[case_id][_name(clock)] = clock
    histories = histories_of(case_ids, Promises())
    for case_id in case_ids:
        history = histories.get(case_id)
        states = replay(history.facts, terms_at=history.terms_at, as_of=at) if history else ()
        wanted = (dict(zip(COLUMNS, values_of(state), strict=True)) for state in states)
        yield from _compared(case_id, kept[case_id], wanted)


def _compared(
    case_id: int, kept: dict[tuple[str, int], dict[str, Any]], wanted: Iterable[dict[str, Any]]
) -> Iterator[Difference]:
    for clock in wanted:
        metric, started_by = name = _name(clock)
        row = kept.pop(name, None)
        if row is None:
            yield Difference(case_id=case_id, metric=metric, started_by=started_by, what="missing")
        elif columns := _differing(row, clock):
            yield Difference(
                case_id=case_id, metric=metric, started_by=started_by, what="different", columns=columns
            )
    for metric, started_by in kept:
        yield Difference(case_id=case_id, metric=metric, started_by=started_by, what="surplus")


def _name(clock: dict[str, Any]) -> tuple[str, int]:
    metric, started_by = (clock[part] for part in NAME)
    return metric, started_by


def _differing(kept: dict[str, Any], wanted: dict[str, Any]) -> tuple[str, ...]:
    return tuple(name for name in COMPARED if kept[name] != wanted[name])


def _as_of(clock: dict[str, Any], at: datetime) -> dict[str, Any]:
    """The row as it is to be read at the instant: a due that passed is a miss, told already or not."""
    due_at = clock["due_at"]
    if clock["state"] == clock_state.RUNNING and due_at is not None and due_at < at:
        return {**clock, "state": clock_state.MISSED, "missed_at": due_at}
    return clock
