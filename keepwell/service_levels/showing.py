"""A kept clock as the component that draws clocks takes it."""

from __future__ import annotations

from datetime import datetime, timedelta

from keepwell.kit import clock_face
from keepwell.service_levels import clock_state
from keepwell.service_levels.models import Clock


def shown_clock(row: Clock, now: datetime) -> clock_face.Clock:
    state = row.state_at(now)
    return clock_face.Clock(
        state=state,
        started_at=row.started_at,
        due_at=row.due_at or row.due_kept,
        stopped_at=row.stopped_at or (row.ended_at if state == clock_state.MISSED else None),
        left_for=_left_for(row, state),
        is_warned=state == clock_state.RUNNING and (row.warn_at is None or row.warn_at <= now),
    )


def _left_for(row: Clock, state: str) -> timedelta | None:
    """What a paused clock has left, where that is plain time; open time is not said in hours of the wall."""
    if state != clock_state.PAUSED or row.unit != "hours" or not row.due_kept or not row.paused_at:
        return None
    return max(row.due_kept - row.paused_at, timedelta(0))
