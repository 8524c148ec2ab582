"""What a figure would be without the contacts that were entered by hand after they happened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import numpy as np

from keepwell.calendars.compiled import working_time_by_id
from keepwell.calendars.working_time import WorkingTime
from keepwell.kit.reading import read_rows
from keepwell.service_levels import clock_state
from keepwell.service_levels.attainment import USED, curves_of
from keepwell.service_levels.clock_state import ClockState
from keepwell.service_levels.cohorts import SEVERITIES, Cohort, Selection, source_of
from keepwell.service_levels.columns import columns_of
from keepwell.service_levels.history import histories_of
from keepwell.service_levels.promises import Promises
from keepwell.service_levels.replay import replay, without_late_entries
from keepwell.service_levels.survival import Estimate, together


def kept_without_them(cohort: Cohort, selection: Selection, *, kept: Estimate | None) -> Estimate | None:
    """The share kept, with the few cases that have such an entry replayed without it.

    `kept`, the headline, where no clock was touched by one; else it costs a query for their entries, and one
    more for those of cases merged into them.
    """
    touched = _touched(selection, cohort.as_of)
    if not touched:
        return kept
    clocks = cohort.columns
    others = clocks[~np.isin(clocks["case"], touched)]
    again = columns_of(_replayed(touched, cohort, selection), _hours, cohort.as_of)
    return together(list(curves_of(np.concatenate([others, again]), USED).values()))


def _touched(selection: Selection, at: datetime) -> list[int]:
    """The cases whose clocks of this metric were started or stopped by one, of whatever severity: without it
    a clock may still have run when the severity changed, and be of another.
    """
    source, given = source_of(replace(selection, severities=SEVERITIES))
    given["at"] = at
    return [case for (case,) in read_rows(f"SELECT DISTINCT k.case_id {source} AND k.entered_later", given)]


def _replayed(cases: list[int], cohort: Cohort, wanted: Selection) -> Iterator[tuple[int, ClockState]]:
    for case, history in histories_of(cases, Promises()).items():
        facts = without_late_entries(history.facts)
        for clock in replay(facts, terms_at=history.terms_at, as_of=cohort.as_of):
            is_one = clock.metric == wanted.metric and clock.severity in wanted.severities
            is_then = wanted.begins_at <= clock.started_at < wanted.ends_at
            if is_one and is_then and clock.state != clock_state.VOID:
                yield case, clock


def _hours(clock: ClockState) -> WorkingTime:
    return working_time_by_id(clock.terms[1])
