"""The one clock of the product.

Everything that needs the present instant asks here, so that a test can set it and a promise counts
in whole seconds everywhere. The shift exists under the test settings only.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

from django.conf import settings

_shift = timedelta(0)


def now() -> datetime:
    """The present instant: aware, in UTC, cut to whole seconds."""
    return (datetime.now(UTC) + _shift).replace(microsecond=0)


def instant(at: datetime | None) -> datetime:
    """`at` in UTC and whole seconds; the present instant where `at` is None.

    Errors: ValueError for an instant without a time zone.
    """
    if at is None:
        return now()
    if at.tzinfo is None:
        raise ValueError(f"{at} has no time zone: an instant needs one")
    return at.astimezone(UTC).replace(microsecond=0)


@contextmanager
def standing_at(at: datetime) -> Iterator[None]:
    """Moves the clock so that it reads `at` now and runs on from there, for the whole process."""
    _shift_to(instant(at) - datetime.now(UTC))
    try:
        yield
    finally:
        _shift_to(timedelta(0))


def move_to(at: datetime) -> None:
    """Moves the clock again inside `standing_at`."""
    _shift_to(instant(at) - datetime.now(UTC))


def _shift_to(shift: timedelta) -> None:
    if not settings.KEEPWELL_TEST_CLOCK:
        raise RuntimeError("The clock can be moved under the test settings only.")
    global _shift
    _shift = shift
