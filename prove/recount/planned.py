"""Who is to be at work in which hour, by the calendars that people have now. Nothing from keepwell."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from prove.recount.hours import Hours
from prove.recount.working import Months

HOUR = 3600
PEOPLE = """
    SELECT s.calendar_id, s.user_id FROM keepwell_staffing_staffprofile s
      JOIN keepwell_people_user u ON u.id = s.user_id
     WHERE s.level IS NOT NULL AND u.is_active
"""
CALENDARS = """
    SELECT DISTINCT ON (v.calendar_id) v.calendar_id, c.is_default, v.mapping::text
      FROM keepwell_calendars_calendarversion v
      JOIN keepwell_calendars_workingcalendar c ON c.id = v.calendar_id
     WHERE v.effective_at <= to_timestamp(%s)
     ORDER BY v.calendar_id, v.effective_at DESC, v.number DESC
"""
OFF = "SELECT user_id, starts_on, ends_on FROM keepwell_staffing_timeoff"
Week = Mapping[tuple[int, int], float]


def support_hours_at(connection: Any, at: int) -> dict[str, Any]:
    """The mapping of the support hours in force."""
    rows = connection.execute(CALENDARS, [at])
    return next(json.loads(mapping) for _id, is_default, mapping in rows if is_default)


class Planned:
    """The people who work cases, with their hours and days off."""

    def __init__(self, connection: Any, at: int) -> None:
        self._off: list[tuple[int, date, date]] = list(connection.execute(OFF))
        mappings = list(connection.execute(CALENDARS, [at]))
        default = next(mapping for _id, is_default, mapping in mappings if is_default)
        own = {calendar: mapping for calendar, _is_default, mapping in mappings}
        self._people: defaultdict[str, list[int]] = defaultdict(list)
        for calendar, person in connection.execute(PEOPLE):
            self._people[own.get(calendar, default)].append(person)
        self._hours = {mapping: Hours(json.loads(mapping)) for mapping in self._people}

    def week(self, month: Months) -> tuple[Week, Counter[tuple[int, int]]]:
        """People at work by (weekday, hour) of a mean week of the month's days, and how often each came."""
        times: Counter[tuple[int, int]] = Counter()
        worked: defaultdict[tuple[int, int], float] = defaultdict(float)
        for begins in range(
            month.window.begins, min(month.window.ends, month.at // HOUR * HOUR + HOUR), HOUR
        ):
            local = month.local(begins)
            place = local.weekday(), local.hour
            times[place] += 1
            worked[place] += self._at_work(begins, local.date())
        return {place: total / times[place] for place, total in worked.items()}, times

    def _at_work(self, begins: int, on: date) -> float:
        away = {person for person, first, last in self._off if first <= on <= last}
        return sum(
            self._hours[mapping].between(begins, begins + HOUR) / HOUR * len(set(people) - away)
            for mapping, people in self._people.items()
        )
