"""When it is tried again after a failure. Pure."""

from __future__ import annotations

from datetime import timedelta

FIRST = timedelta(seconds=5)
LONGEST = timedelta(minutes=5)
TRIES = 5
AGAIN_AFTER = timedelta(minutes=1)


def server_again_after(failures: int) -> timedelta:
    """How long a server is left alone that failed so many times in a row: 5 s, doubled, 5 minutes at most."""
    return min(FIRST * 2 ** min(failures - 1, 16), LONGEST)


def mail_again_after(tries: int) -> timedelta:
    """How long a mail is left alone that was begun so many times: nothing, then 1, 3, 7 minutes.

    The first failure may be that of another mail fetched together with it, or the worker was stopped.
    """
    return AGAIN_AFTER * (2 ** (tries - 1) - 1)
