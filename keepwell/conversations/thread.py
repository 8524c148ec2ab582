"""A conversation as it is read: messages and notes in one line of time."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Prefetch, QuerySet, Value

from keepwell.conversations.models import Conversation, Message, MessageAttachment, Note, NoteAttachment
from keepwell.conversations.models.message import READABLE_STATES, STANDING_STATES
from keepwell.conversations.queries import sees_all
from keepwell.kit import paging

SIZE = 200
# Newest first. At one instant a note stands after the message it speaks of.
ORDER = ("-line_at", "-line_rank", "-pk")
MESSAGE_RANK, NOTE_RANK = 1, 2


@dataclass(frozen=True, kw_only=True)
class Line:
    """A message or a note (`said`) at its place, with its files."""

    at: datetime
    said: Message | Note
    attachments: Sequence[Any]

    @property
    def is_note(self) -> bool:
        return isinstance(self.said, Note)


@dataclass(frozen=True, kw_only=True)
class Thread:
    """Lines, oldest first. `earlier` leads to the lines before them; "" where it begins here."""

    lines: Sequence[Line]
    earlier: str


def thread(
    conversation: Conversation, actor: Any, *, also: Iterable[int] = (), before: str = "", size: int = SIZE
) -> Thread:
    """The newest `size` lines that this actor may read, or those before the cursor `before`.

    `also` are conversations (ids) that are read with it, such as those of merged cases. Costs the same
    number of queries whatever its length. The caller has found the conversations among those the actor
    may see. Errors: paging.BadCursor for a cursor that no thread gave out.
    """
    place = paging.decode(before, ORDER).values if before else None
    tables = _tables([conversation.pk, *also], actor)
    newest = heapq.merge(*(_taken(table, place, size + 1) for table in tables), key=_place, reverse=True)
    taken = list(newest)
    return Thread(
        lines=[_line(said) for said in reversed(taken[:size])],
        earlier=_cursor(taken[size - 1]) if len(taken) > size else "",
    )


def place_of(line: Line) -> tuple[datetime, int, int]:
    """Where the line stands: later lines have greater places."""
    return _place(line.said)


def _tables(conversations: list[int], actor: Any) -> list[QuerySet[Any]]:
    messages = _messages(conversations, actor)
    return [messages, _notes(conversations)] if sees_all(actor) else [messages]


def _messages(conversations: list[int], actor: Any) -> QuerySet[Any]:
    states = STANDING_STATES if sees_all(actor) else READABLE_STATES
    return (
        Message.objects.filter(conversation__in=conversations, state__in=states)
        .annotate(line_at=F("happened_at"), line_rank=Value(MESSAGE_RANK))
        .select_related("author_user", "author_contact", "redacted_by")
        .prefetch_related("author_contact__addresses", _files(MessageAttachment))
    )


def _notes(conversations: list[int]) -> QuerySet[Any]:
    return (
        Note.objects.filter(conversation__in=conversations)
        .annotate(line_at=F("created_at"), line_rank=Value(NOTE_RANK))
        .select_related("author", "redacted_by")
        .prefetch_related(_files(NoteAttachment))
    )


def _files(of: type[MessageAttachment] | type[NoteAttachment]) -> Prefetch[Any]:
    rows = of._default_manager.select_related("attachment__blob").order_by("pk")
    return Prefetch("attached", queryset=rows)


def _taken(rows: QuerySet[Any], place: Sequence[str] | None, count: int) -> QuerySet[Any]:
    earlier = rows.filter(paging.past(ORDER, place)) if place else rows
    return earlier.order_by(*ORDER)[:count]


def _place(said: Any) -> tuple[datetime, int, int]:
    return said.line_at, said.line_rank, said.pk


def _cursor(said: Any) -> str:
    at, rank, identity = _place(said)
    values = (at.isoformat(), str(rank), str(identity))
    return paging.encode(paging.Cursor(direction=paging.FORWARD, values=values), ORDER)


def _line(said: Any) -> Line:
    return Line(at=said.line_at, said=said, attachments=[row.attachment for row in said.attached.all()])
