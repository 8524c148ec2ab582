"""The working time of a calendar version, prepared once a process.

Versions never change, so what was prepared stays right for as long as the process lives.
"""

from __future__ import annotations

from functools import lru_cache

from keepwell.calendars.models import CalendarVersion
from keepwell.calendars.working_time import WorkingTime


def working_time_of(version: CalendarVersion) -> WorkingTime:
    """The version's working time; preparing costs some milliseconds the first time."""
    return working_time_by_id(version.pk)


@lru_cache(maxsize=64)
def working_time_by_id(version_id: int) -> WorkingTime:
    """The same, for whoever has many clocks and only the ids of their versions."""
    mapping = CalendarVersion.objects.values_list("mapping", flat=True).get(pk=version_id)
    return WorkingTime.parse(mapping)
