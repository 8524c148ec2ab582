"""A contact entered by hand counts when it happened, at most one business day back."""

from __future__ import annotations

from datetime import datetime


def is_in_time(*, happened_at: datetime, entered_at: datetime, enter_until_at: datetime) -> bool:
    """Whether it may be entered for when it happened.

    `enter_until_at` is one business day after it happened; that instant itself is in time.
    """
    return happened_at <= entered_at <= enter_until_at


def is_late(*, happened_at: datetime, entered_at: datetime) -> bool:
    """Whether it is to be marked as entered later."""
    return entered_at > happened_at
