"""The one clock of the product.

Everything that needs the present instant asks here, so that a test can set it and a promise counts
in whole seconds everywhere. It can be stopped under the test settings only.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from django.conf import settings

_stands_at: datetime | None = None


def now() -> datetime:
    """The present instant: aware, in UTC, cut to whole seconds."""
    return _stands_at or datetime.now(UTC).replace(microsecond=0)


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
    """The clock stands at this instant, for the whole process, until the block ends."""
    before = _stands_at
    _stand(instant(at))
    try:
        yield
    finally:
        _stand(before)


def _stand(at: datetime | None) -> None:
    if not settings.KEEPWELL_TEST_CLOCK:
        raise RuntimeError("The clock can be stopped under the test settings only.")
    global _stands_at
    _stands_at = at
