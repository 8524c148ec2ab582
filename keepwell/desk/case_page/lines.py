"""The thread of a case: messages, notes, side threads and what happened, in one line of time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from itertools import groupby
from typing import Any

from django.utils import timezone

from keepwell.cases.models import Case, LoggedContact
from keepwell.conversations import thread as threads
from keepwell.conversations.models import Copy, Message
from keepwell.customers.naming import contact_name
from keepwell.desk.case_page import rows
from keepwell.desk.case_page.asides import asides_at
from keepwell.desk.case_page.events import Telling, event_row, events_of
from keepwell.desk.case_page.hand_offs import hand_offs_of
from keepwell.desk.case_page.mails import held_at, mails_at
from keepwell.desk.case_page.naming import known_people, names_in
from keepwell.desk.case_page.people import copies_at, participants_of
from keepwell.desk.case_page.rows import Row
from keepwell.insight.doers import ActorRef
from keepwell.journal.models import Entry
from keepwell.kit import clock, paging
from keepwell.people import permits
from keepwell.people.models import User

AT_ONCE = 25
# A page that stays open keeps the lines it began with, up to so many.
WHILE_OPEN = 200


@dataclass(frozen=True, kw_only=True)
class Day:
    at: datetime
    rows: list[Row]


@dataclass(frozen=True, kw_only=True)
class CaseThread:
    """Days, oldest first. `earlier` leads to the lines before ("" where it begins here); `first` is where
    these begin, for fetching the same again. `last_message` and `last_note` are the newest of each here.
    """

    days: list[Day]
    earlier: str
    first: str
    last_message: int
    last_note: int


def case_thread(case: Any, reader: User, *, before: str = "", first: str = "") -> CaseThread:
    """The newest lines; those before a cursor; or those from where an open page began.

    The same number of queries whatever its length. Errors: paging.BadCursor.
    """
    merged: list[int] = case.merged_conversations
    size = WHILE_OPEN if first else AT_ONCE
    read = threads.thread(case.conversation, reader, also=merged, before=before, size=size)
    lines = _from(read.lines, first)
    is_whole = not read.earlier and len(lines) == len(read.lines)
    between = {
        "since": None if is_whole or not lines else lines[0].at,
        "before": _instant_of(before) if before else None,
    }
    entries = events_of(case, **between)
    held = map(rows.held_row, held_at(case, reader, **between))
    asides = asides_at(case, reader, **between)
    shown = [*_shown(case, reader, lines, entries, merged), *held, *asides]
    return CaseThread(
        days=_days(sorted(shown, key=lambda row: (row.at, row.rank)), timezone.get_current_timezone()),
        earlier=read.earlier,
        first=first or _cursor(lines),
        last_message=max((line.said.pk for line in lines if isinstance(line.said, Message)), default=0),
        last_note=max((line.said.pk for line in lines if line.is_note), default=0),
    )


def _from(lines: Iterable[threads.Line], first: str) -> list[threads.Line]:
    if not first:
        return list(lines)
    at, rank, pk = paging.decode(first, threads.ORDER).values
    place = datetime.fromisoformat(at), int(rank), int(pk)
    return [line for line in lines if threads.place_of(line) >= place]


def _cursor(lines: list[threads.Line]) -> str:
    if not lines:
        return ""
    at, rank, pk = threads.place_of(lines[0])
    values = (at.isoformat(), str(rank), str(pk))
    return paging.encode(paging.Cursor(direction=paging.FORWARD, values=values), threads.ORDER)


def _instant_of(cursor: str) -> datetime:
    return datetime.fromisoformat(paging.decode(cursor, threads.ORDER).values[0])


def _shown(
    case: Case, reader: User, lines: list[threads.Line], entries: list[Entry], merged: list[int]
) -> list[Row]:
    participants = {part.contact_id: contact_name(part.contact, part.email) for part in participants_of(case)}
    telling = Telling(
        names=names_in(entries, _known(case, lines, participants)),
        hand_offs={asked.pk: asked for asked in hand_offs_of(case)},
        now=clock.now(),
        zone=timezone.get_current_timezone(),
    )
    logged = _logged(case, entries)
    may_redact, mails = permits.may(reader, "message.redact"), mails_at(lines, reader)
    said = [
        rows.said_row(
            case,
            line,
            participants,
            is_merged=line.said.conversation_id in merged,
            may_redact=may_redact,
            mail=None if line.is_note else mails.get(line.said.pk),
        )
        for line in lines
    ]
    happened = [row for entry in entries for row in _happened(case, entry, telling, logged)]
    return [*_with_copies(case, said), *happened]


def _happened(
    case: Case, entry: Entry, telling: Telling, logged: Mapping[int, LoggedContact]
) -> Iterable[Row]:
    if entry.kind == "case.contact_logged" and entry.fact("contact") in logged:
        yield rows.logged_row(case, logged[entry.fact("contact")])
        return
    yield Row(at=entry.occurred_at, rank=rows.EVENT, event=event_row(entry, telling))
    asked = telling.hand_offs.get(entry.fact("escalation") or 0)
    if asked and entry.kind == "case.escalated":
        yield rows.hand_off_row(asked)


def _logged(case: Case, entries: list[Entry]) -> dict[int, LoggedContact]:
    if not any(entry.kind == "case.contact_logged" for entry in entries):
        return {}
    return LoggedContact.objects.filter(case=case).select_related("entered_by").in_bulk()


def _with_copies(case: Case, said: list[Row]) -> list[Row]:
    """The same, with who got an answer besides those who take part."""
    found: dict[int, list[Copy]] = {}
    for copy in copies_at(case):
        found.setdefault(copy.message_id, []).append(copy)
    return [replace(row, copies=found.get(_message(row), ())) for row in said] if found else said


def _message(row: Row) -> int:
    """The id of the message that this row is; 0 for a note."""
    return row.said.pk if isinstance(row.said, Message) else 0


def _known(case: Case, lines: Iterable[threads.Line], participants: Mapping[int, str]) -> dict[ActorRef, str]:
    writers = [getattr(line.said, "author" if line.is_note else "author_user") for line in lines]
    people = known_people([case.assignee, case.owner, *writers])
    return {**people, **{("contact", pk): name for pk, name in participants.items()}}


def _days(shown: list[Row], zone: tzinfo) -> list[Day]:
    by_day = groupby(shown, key=lambda row: row.at.astimezone(zone).date())
    return [Day(at=day[0].at, rows=day) for day in (list(group) for _on, group in by_day)]
