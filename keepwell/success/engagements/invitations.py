"""Calendar files that invite to a meeting, change it, call it off, and the calendar of one person. Pure.

Source: RFC 5545, and RFC 5546 for the methods. One meeting keeps its UID for good; SEQUENCE grows with each
change that people have to hear of, so that a calendar never takes an old mail for the newest word.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from icalendar import Calendar, Event, vCalAddress, vText

REQUEST, CANCEL, PUBLISH = "REQUEST", "CANCEL", "PUBLISH"
MAKER = "-//Keepwell//Engagements//EN"
# What we keep of an answer, and what calendars call it.
ANSWERS = {
    "open": "NEEDS-ACTION",
    "accepted": "ACCEPTED",
    "declined": "DECLINED",
    "tentative": "TENTATIVE",
}
ANSWERED = {written: kept for kept, written in ANSWERS.items()}


@dataclass(frozen=True, kw_only=True)
class Invited:
    """Somebody who is asked to come; `answer` is one of ANSWERS."""

    address: str
    name: str = ""
    answer: str = "open"


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """What a calendar has to know. Instants are aware; `written_at` is when this file was made."""

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    title: str
    organizer: Invited
    invited: tuple[Invited, ...]
    written_at: datetime
    place: str = ""
    about: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Dated:
    """One thing in a person's calendar: of a day, or from one instant to another. A title, and no more."""

    uid: str
    title: str
    starts: date | datetime
    ends: datetime | None = None
    sequence: int = 0


def invitation(meeting: Meeting, method: str = REQUEST) -> str:
    """The file that goes with the mail; `method` is REQUEST, or CANCEL for whoever need not come."""
    calendar = _calendar(method)
    event = Event()
    event.add("uid", meeting.uid)
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", meeting.written_at)
    event.add("dtstart", meeting.starts_at)
    event.add("dtend", meeting.ends_at)
    event.add("summary", meeting.title)
    event.add("status", "CANCELLED" if method == CANCEL else "CONFIRMED")
    for name, text in (("location", meeting.place), ("description", meeting.about), ("url", meeting.url)):
        if text:
            event.add(name, text)
    event.add("organizer", _address(meeting.organizer), encode=False)
    for one in meeting.invited:
        event.add("attendee", _asked(one), encode=False)
    calendar.add_component(event)
    return _written(calendar)


def personal_calendar(name: str, things: Iterable[Dated], *, written_at: datetime) -> str:
    """Everything dated that one person may see, as a calendar to subscribe to."""
    calendar = _calendar(PUBLISH)
    calendar.add("x-wr-calname", name)
    # How often whoever subscribed may ask again (RFC 7986 section 5.7).
    calendar.add("x-published-ttl", "PT1H")
    for thing in things:
        event = Event()
        event.add("uid", thing.uid)
        event.add("sequence", thing.sequence)
        event.add("dtstamp", written_at)
        event.add("dtstart", thing.starts)
        if thing.ends is not None:
            event.add("dtend", thing.ends)
        event.add("summary", thing.title)
        if not isinstance(thing.starts, datetime):
            event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return _written(calendar)


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    return calendar


def _address(one: Invited) -> vCalAddress:
    address = vCalAddress(f"mailto:{one.address}")
    if one.name:
        address.params["cn"] = vText(" ".join(one.name.split()))
    return address


def _asked(one: Invited) -> vCalAddress:
    address = _address(one)
    address.params["role"] = vText("REQ-PARTICIPANT")
    address.params["partstat"] = vText(ANSWERS[one.answer])
    address.params["rsvp"] = vText("TRUE")
    return address


def _written(calendar: Calendar) -> str:
    return calendar.to_ical().decode()
