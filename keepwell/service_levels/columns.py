"""Clocks that were replayed, as the columns of a cohort."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

import numpy as np

from keepwell.calendars.working_time import WorkingTime
from keepwell.service_levels import clock_state
from keepwell.service_levels.clock_state import ClockState
from keepwell.service_levels.cohorts import CLOCK, SEVERITIES, Columns
from keepwell.service_levels.consumption import consumption_at

HoursOf = Callable[[ClockState], WorkingTime]


def columns_of(clocks: Iterable[tuple[int, ClockState]], hours_of: HoursOf, at: datetime) -> Columns:
    """Each (case, clock), replayed up to an instant. Void clocks are not for a cohort."""
    return np.array([_row(case, clock, hours_of(clock), at) for case, clock in clocks], dtype=CLOCK)


def _row(case: int, clock: ClockState, hours: WorkingTime, at: datetime) -> tuple[Any, ...]:
    spent = consumption_at(clock, hours, clock.ended_at or at)
    return (
        case,
        clock.started_at.timestamp(),
        SEVERITIES.index(clock.severity),
        clock.state == clock_state.MET,
        clock.state == clock_state.MISSED,
        clock.is_corrected,
        clock.entered_later,
        spent.used,
        clock.stopped_at is not None,
        spent.used_without_pauses,
    )
