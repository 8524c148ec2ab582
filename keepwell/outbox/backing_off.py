"""When a mail that could not leave is tried again, and when it is given up. Pure.

The waits double, roughly, as mail servers expect of one another (RFC 5321 section 4.5.4.1 asks for at least
half an hour between tries after the first ones, and for four to five days in all).
"""

from __future__ import annotations

from datetime import datetime, timedelta

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 30, 60, 120, 240, 360))
LASTS_FOR = timedelta(days=5)
# A code that comes after it has expired only puzzles.
CODE_LASTS_FOR = timedelta(minutes=15)


def lasts_for(purpose: str) -> timedelta:
    """For how long a mail is tried where nothing else was said."""
    return CODE_LASTS_FOR if purpose in {"code", "first"} else LASTS_FOR


def next_attempt_at(attempts: int, failed_at: datetime, until: datetime) -> datetime | None:
    """When to try again after so many tries (1 or more), the last at `failed_at`; None: give up.

    The last try comes at `until` itself, so that the whole time allowed is used.
    """
    if failed_at >= until:
        return None
    wait = WAITS[min(attempts, len(WAITS)) - 1]
    return min(failed_at + wait, until)
