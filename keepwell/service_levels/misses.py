"""When the clocks of a selection were missed, by local day."""

from __future__ import annotations

from datetime import date, datetime

from django.db import connection

from keepwell.service_levels import clock_state
from keepwell.service_levels.cohorts import Selection, source_of
from keepwell.service_levels.windows import Window

# A miss that came to light after the window is spent on its last day: it belongs to the window's clocks.
# Two parts, each from an index of its own; no clock is missed before it starts.
BY_DAY = """
    SELECT least((late_at AT TIME ZONE %(zone)s)::date, %(last)s), count(*) FROM (
        SELECT k.missed_at {source} AND k.state = '{missed}' AND k.missed_at >= %(begins)s
        UNION ALL
        SELECT k.due_at {source} AND k.state = '{running}' AND k.used IS NULL AND k.due_at < %(at)s
    ) AS late(late_at) GROUP BY 1
"""


def misses_by_day(selection: Selection, window: Window, *, at: datetime) -> dict[date, int]:
    """How many were missed on each day of the window; days without a miss are left out."""
    source, given = source_of(selection)
    given |= {"zone": str(window.zone), "last": window.last, "at": at}
    query = BY_DAY.format(source=source, missed=clock_state.MISSED, running=clock_state.RUNNING)
    with connection.cursor() as cursor:
        cursor.execute(query, given)
        return dict(cursor.fetchall())
