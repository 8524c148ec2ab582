"""Whether an ended case may still be reopened, or the customer's word begins a new one."""

from __future__ import annotations

from datetime import datetime, timedelta


def closes_at(ended_at: datetime, window_for: timedelta) -> datetime:
    """The last instant at which the case may be reopened."""
    return ended_at + window_for


def is_within(at: datetime, until_at: datetime | None) -> bool:
    """Whether the window is still open; the last instant counts. None: there is no window."""
    return until_at is not None and at <= until_at
