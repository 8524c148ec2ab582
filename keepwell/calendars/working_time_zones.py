"""A time zone as sorted arrays: wall time to instants and back without asking it date by date."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from keepwell.calendars.working_time_hours import DAY_SECONDS, zone_named

Seconds = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True, eq=False)
class ZoneOffsets:
    """The offsets from UTC that hold in one zone over the prepared years.

    `offsets[0]` holds before `changes_at[0]`, `offsets[i + 1]` from `changes_at[i]` on (UTC
    seconds). `wall_changes` are the same changes on the wall clock, each at the first wall
    second that belongs to the later offset.
    """

    changes_at: Seconds
    wall_changes: Seconds
    offsets: Seconds

    def instants(self, wall: Seconds) -> Seconds:
        """UTC seconds of wall seconds: a skipped one moves on by the gap, a repeated one is the first."""
        return wall - self.offsets[np.searchsorted(self.wall_changes, wall, side="right")]

    def walls(self, instants: Seconds) -> Seconds:
        """Wall seconds of UTC seconds."""
        return instants + self.offsets[np.searchsorted(self.changes_at, instants, side="right")]


@lru_cache(maxsize=128)
def zone_offsets(name: str, begins: int, ends: int) -> ZoneOffsets:
    """The offsets of a zone between two instants (UTC seconds), a few days to spare on either side.

    Looked up once a day, and to the second between two days that differ. No zone has changed
    its offset twice within a day since 1970.
    """
    zone = zone_named(name)
    probes = range(begins - 3 * DAY_SECONDS, ends + 3 * DAY_SECONDS + 1, DAY_SECONDS)
    offsets = [_offset(zone, at) for at in probes]
    days = [day for day, (before, after) in enumerate(pairwise(offsets)) if before != after]
    changes = [_change_between(zone, probes[day], probes[day + 1]) for day in days]
    held = np.array([offsets[0], *(offsets[day + 1] for day in days)], dtype=np.int64)
    changes_at = np.array(changes, dtype=np.int64)
    # Before a gap the old offset answers for the skipped hour (which moves it forward); before
    # a repeated hour it answers for the first pass. Either way the larger offset marks the end.
    wall_changes = changes_at + np.maximum(held[:-1], held[1:])
    return ZoneOffsets(changes_at=changes_at, wall_changes=wall_changes, offsets=held)


def _offset(zone: ZoneInfo, at: int) -> int:
    since = datetime.fromtimestamp(at, zone).utcoffset() or timedelta()
    return since.days * DAY_SECONDS + since.seconds


def _change_between(zone: ZoneInfo, before: int, after: int) -> int:
    old = _offset(zone, before)
    while after - before > 1:
        middle = (before + after) // 2
        before, after = (middle, after) if _offset(zone, middle) == old else (before, middle)
    return after
