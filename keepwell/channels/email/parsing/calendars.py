"""What calendars answer to an invitation, from the part of a mail that they read themselves."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import Message
from typing import Any

from icalendar import Calendar

from keepwell.channels.email.parsed import CalendarReply
from keepwell.channels.email.parsing.contents import content_of, content_type_of
from keepwell.channels.email.parsing.headers import headers_of, one_line
from keepwell.channels.email.parsing.tree import children

LARGEST_BYTES = 256 * 1024
REPLIES_AT_MOST = 50
TYPES = frozenset({"text/calendar", "application/ics"})


def calendar_replies(mail: Message) -> tuple[CalendarReply, ...]:
    """The answers that its calendar parts hold; none for a mail without, or with one that cannot be read."""
    found: dict[tuple[str, str], CalendarReply] = {}
    for part in _leaves(mail):
        if content_type_of(headers_of(part)) in TYPES:
            for reply in _replies_in(content_of(part)[0]):
                # The same file stands twice in many mails, as a form of the words and as an attachment.
                found.setdefault((reply.uid, reply.address), reply)
    return tuple(found.values())[:REPLIES_AT_MOST]


def _leaves(part: Message) -> Iterator[Message]:
    inner = children(part)
    if not inner:
        yield part
    elif part.get_content_maintype() == "multipart":
        for child in inner:
            yield from _leaves(child)


def _replies_in(content: bytes) -> Iterator[CalendarReply]:
    if len(content) > LARGEST_BYTES:
        return
    try:
        calendar: Any = Calendar.from_ical(content)
        if str(calendar.get("METHOD", "")).upper() != "REPLY":
            return
        yield from [reply for event in calendar.walk("VEVENT") for reply in _of_event(event)]
    except MemoryError:
        raise  # a mail that is too large is told as such
    except Exception:  # whatever the library makes of what a stranger wrote, the mail is read without it
        return


def _of_event(event: Any) -> Iterator[CalendarReply]:
    attendees = event.get("ATTENDEE", [])
    for attendee in attendees if isinstance(attendees, list) else [attendees]:
        written = str(attendee)
        address = written[7:] if written.lower().startswith("mailto:") else written
        answer = str(getattr(attendee, "params", {}).get("PARTSTAT", "")).upper()
        yield CalendarReply(
            uid=one_line(str(event.get("UID", "")))[:255],
            address=one_line(address)[:320],
            answer=answer[:40],
            sequence=_number(event.get("SEQUENCE")),
        )


def _number(given: Any) -> int | None:
    return int(given) if given is not None and 0 <= int(given) < 2**31 else None
