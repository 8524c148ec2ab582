"""Opening hours as people write them on a door, read into a calendar."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from keepwell.kit.refusals import Refused

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PART = re.compile(
    r"(?P<first>[a-z]{3})(?:\s*-\s*(?P<last>[a-z]{3}))?\s+(?P<opens>\d{1,2}:\d{2})\s*-\s*(?P<closes>\d{1,2}:\d{2})"
)


class HoursRefused(Refused):
    """The hours cannot be read; the message shows how they are written."""


def read_hours(text: str) -> dict[str, list[list[str]]]:
    """`mon-fri 07:00-19:00, sat 9:00-12:00` as the hours of a working calendar, by day.

    A day may come twice: it is open twice. Errors: HoursRefused. Whether the hours make sense together is
    the calendar's to say.
    """
    hours: dict[str, list[list[str]]] = {}
    for part in filter(None, (part.strip().lower() for part in text.split(","))):
        days, interval = _read_part(part)
        for day in days:
            hours.setdefault(day, []).append(interval)
    if not hours:
        raise HoursRefused(_("Write the hours as in: mon-fri 07:00-19:00, sat 09:00-12:00"))
    return {day: sorted(hours[day]) for day in DAYS if day in hours}


def _read_part(part: str) -> tuple[list[str], list[str]]:
    found = PART.fullmatch(part)
    if not found or not {found["first"], found["last"] or found["first"]} <= set(DAYS):
        words = _("%(part)s cannot be read. Write the hours as in: mon-fri 07:00-19:00, sat 09:00-12:00")
        raise HoursRefused(words % {"part": part})
    return _days(found["first"], found["last"] or found["first"]), [
        found["opens"].zfill(5),
        found["closes"].zfill(5),
    ]


def _days(first: str, last: str) -> list[str]:
    """From the one to the other, over the end of the week if need be: fri-mon is four days."""
    start, count = DAYS.index(first), (DAYS.index(last) - DAYS.index(first)) % 7
    return [DAYS[(start + step) % 7] for step in range(count + 1)]
