"""The same history under other promises: replayed, told beside what was, and nothing of it stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, NamedTuple

import numpy as np

from keepwell.calendars.working_time import WorkingTime
from keepwell.kit.cores import all_cores
from keepwell.kit.reading import read_rows
from keepwell.service_levels import clock_facts, clock_state
from keepwell.service_levels.clock_facts import Fact
from keepwell.service_levels.clock_state import ClockState
from keepwell.service_levels.cohorts import CLOCK, SEVERITIES, Cohort, Columns, Selection, source_of
from keepwell.service_levels.columns import columns_of
from keepwell.service_levels.history import History, histories_of
from keepwell.service_levels.promises import TermsAt
from keepwell.service_levels.replay import replay
from keepwell.service_levels.terms import PAUSING, Allowance, Terms

AT_ONCE = 500
# So many cases take about two seconds: from there on it pays to start a process for each core.
MANY = 5000
# Clocks of one metric: by case, the entries that started them.
Named = Mapping[int, frozenset[int]]


@dataclass(frozen=True, kw_only=True)
class Edited:
    """Other promises, as they would have held from the beginning.

    allowances: by (metric, severity); hours: the mapping of a calendar; pauses: the metrics that stand still
    while the customer is waited for; severities: what each severity would have been, itself where left out.
    """

    allowances: Mapping[tuple[str, str], Allowance]
    hours: Mapping[str, Any]
    pauses: frozenset[str] = PAUSING
    severities: Mapping[str, str] = field(default_factory=dict)

    def terms(self) -> Terms:
        return Terms(
            key=("edited", "edited"),
            working_time=WorkingTime.parse(dict(self.hours)),
            allowances=self.allowances,
            pauses=self.pauses,
        )

    def fact(self, fact: Fact) -> Fact:
        """The fact as it would have been told."""
        if fact.kind not in (clock_facts.OPENED, clock_facts.SEVERITY):
            return fact
        return fact._replace(severity=self.severities.get(fact.severity, fact.severity))


class _Always(NamedTuple):
    """Terms that held for every account from the beginning, for merged cases as well."""

    terms: Terms

    def terms_for(self, _accounts: object) -> TermsAt:
        return lambda _at: self.terms


@dataclass(frozen=True, kw_only=True)
class _Part:
    """Some of the cases, for one process."""

    clocks: Named
    edited: Edited
    selection: Selection
    at: datetime


class _Replayed(NamedTuple):
    """What came of a part."""

    cases: int
    columns: Columns
    void: int
    void_missed: int


def edited_cohort(
    selection: Selection,
    edited: Edited,
    *,
    at: datetime,
    moved: Callable[[int], object] = lambda _cases: None,
) -> Cohort:
    """The selection's clocks as they would stand at an instant under other promises.

    Of the same clocks: those of the metric that the selection narrows to, whatever their severity was.
    moved: told, now and then, of how many cases more were replayed.
    """
    found = []
    for replayed in _all_replayed(_parts(_named(selection, at), edited, selection, at)):
        found.append(replayed)
        moved(replayed.cases)
    return Cohort(
        columns=np.concatenate([np.empty(0, dtype=CLOCK), *(one.columns for one in found)]),
        void=sum(one.void for one in found),
        void_missed=sum(one.void_missed for one in found),
        as_of=at,
    )


def cases_to_replay(selection: Selection, *, at: datetime) -> int:
    """Of how many cases the histories have to be read."""
    source, given = source_of(replace(selection, severities=SEVERITIES))
    [(cases,)] = read_rows(f"SELECT count(DISTINCT k.case_id) {source}", {**given, "at": at})
    return int(cases)


def _all_replayed(parts: Sequence[_Part]) -> Iterator[_Replayed]:
    """In no order; on all cores where there are many."""
    if len(parts) * AT_ONCE < MANY:
        yield from map(_replayed, parts)
        return
    with all_cores() as cores:
        yield from cores.each(_replayed, parts)


def _named(selection: Selection, at: datetime) -> Named:
    """The clocks of the selection, whatever their severity: by case, the entries that started them.

    Under other promises the same entries start the same clocks; a severity read otherwise may move one in.
    """
    source, given = source_of(replace(selection, severities=SEVERITIES))
    found: dict[int, set[int]] = defaultdict(set)
    for case, started_by in read_rows(f"SELECT k.case_id, k.started_by {source}", {**given, "at": at}):
        found[case].add(started_by)
    return {case: frozenset(found[case]) for case in sorted(found)}


def _parts(named: Named, edited: Edited, selection: Selection, at: datetime) -> list[_Part]:
    cases = list(named.items())
    return [
        _Part(clocks=dict(cases[place : place + AT_ONCE]), edited=edited, selection=selection, at=at)
        for place in range(0, len(cases), AT_ONCE)
    ]


def _replayed(part: _Part) -> _Replayed:
    """A function of a module: it may run in another process."""
    terms = part.edited.terms()
    histories = histories_of(part.clocks, _Always(terms), part.edited.fact)
    clocks = list(_clocks(histories, part))
    counting = [(case, clock) for case, clock in clocks if clock.state != clock_state.VOID]
    void = [clock for _case, clock in clocks if clock.state == clock_state.VOID]
    return _Replayed(
        cases=len(part.clocks),
        columns=columns_of(counting, lambda _clock: terms.working_time, part.at),
        void=len(void),
        void_missed=sum(clock.missed_at is not None for clock in void),
    )


def _clocks(histories: Mapping[int, History], part: _Part) -> Iterator[tuple[int, ClockState]]:
    wanted = part.selection
    for case, history in histories.items():
        for clock in replay(history.facts, terms_at=history.terms_at, as_of=part.at):
            is_one = clock.metric == wanted.metric and clock.severity in wanted.severities
            if is_one and clock.started_by in part.clocks[case]:
                yield case, clock
