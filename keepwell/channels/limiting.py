"""How often something may be done, counted for all processes together in one statement."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils.crypto import salted_hmac

from keepwell.channels.models import Attempts
from keepwell.kit import clock

SALT = "keepwell.channels.attempts"
KEPT_FOR = timedelta(days=1)

# The row holds as many instants as may be: the oldest of them says whether there is room for one more. In one
# order, so that two who count the same two keys wait for each other instead of locking each other out.
COUNT_ONE = """
    INSERT INTO keepwell_channels_attempts AS kept (key, times, last_at)
    SELECT key, array_fill(to_timestamp(0), ARRAY[most - 1]) || %(at)s::timestamptz, %(at)s
    FROM unnest(%(keys)s::uuid[], %(most)s::int[]) AS asked (key, most) ORDER BY key
    ON CONFLICT (key) DO UPDATE SET times = kept.times[2:] || %(at)s::timestamptz, last_at = %(at)s
    WHERE kept.times[1] <= %(at)s::timestamptz - %(within)s::interval
    RETURNING key
"""


def is_one_more_allowed(
    limits: Mapping[tuple[str, ...], int], *, within: timedelta, at: datetime | None = None
) -> bool:
    """Counts one more for each of these, unless it has its number within that time; whether all had room.

    What is counted is named by words, such as ("submit", "network", "192.0.2.7").
    """
    given: dict[str, Any] = {
        "keys": [_key(name, most) for name, most in limits.items()],
        "most": list(limits.values()),
        "within": within,
        "at": clock.instant(at),
    }
    with connection.cursor() as cursor:
        cursor.execute(COUNT_ONE, given)
        return len(cursor.fetchall()) == len(limits)


def forget_old_attempts(*, at: datetime | None = None) -> None:
    """What was last done a day ago limits nobody any more."""
    Attempts.objects.filter(last_at__lt=clock.instant(at) - KEPT_FOR).delete()


def _key(name: tuple[str, ...], most: int) -> uuid.UUID:
    # With another number the row holds other instants: it is another row.
    seal = salted_hmac(SALT, "\n".join((*name, str(most))), algorithm="sha256")
    return uuid.UUID(bytes=seal.digest()[:16])
