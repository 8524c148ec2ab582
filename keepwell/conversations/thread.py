"""A conversation as it is read: messages and notes in one line of time."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery, Value

from keepwell.conversations.attached_files import File, attached, files_of
from keepwell.conversations.models import Conversation, Message, MessageAttachment, Note, NoteAttachment
from keepwell.conversations.models.message import READABLE_STATES, STANDING_STATES
from keepwell.conversations.queries import sees_all
from keepwell.customers.models import ContactAddress
from keepwell.kit import paging
from keepwell.kit.asking import Question

SIZE = 200
# Newest first. At one instant a note stands after the message it speaks of.
ORDER = ("-line_at", "-line_rank", "-pk")
MESSAGE_RANK, NOTE_RANK = 1, 2
SHOWN_OF_MESSAGES = (
    "conversation_id",
    "direction",
    "channel",
    "state",
    "body",
    "recipients",
    "release_at",
    "entered_later",
    "is_maybe_twice",
    "redacted_at",
    "erased_at",
    "author_user__name",
    "author_user__email",
    "author_user__erased_at",
    "author_contact__name",
    "author_contact__erased_at",
)
SHOWN_OF_NOTES = (
    "conversation_id",
    "kind",
    "body",
    "redacted_at",
    "author__name",
    "author__email",
    "author__erased_at",
)
ADDRESSES = ContactAddress.objects.filter(contact=OuterRef("author_contact")).order_by("-is_primary", "pk")
EMAIL = Subquery(ADDRESSES.values("email")[:1])


@dataclass(frozen=True, kw_only=True)
class Line:
    """A message or a note (`said`) at its place, with its files.

    Of `said` and its writer there is what is shown of them. `author_email` is the address of the contact who
    wrote it, for one without a name; "" if there is none.
    """

    at: datetime
    said: Message | Note
    attachments: Sequence[File]
    author_email: str

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
    tables = _read([conversation.pk, *also], actor, before, size + 1)
    taken = list(heapq.merge(*tables, key=_place, reverse=True))
    return Thread(
        lines=[_line(said) for said in reversed(taken[:size])],
        earlier=_cursor(taken[size - 1]) if len(taken) > size else "",
    )


def place_of(line: Line) -> tuple[datetime, int, int]:
    """Where the line stands: later lines have greater places."""
    return _place(line.said)


def _read(conversations: list[int], actor: Any, before: str, count: int) -> list[Iterable[Any]]:
    """The newest of each table that the actor may read, newest first."""
    if not before and len(conversations) == 1:
        return [newest.objects(*conversations) for newest in _newest(count, sees_all(actor))]
    place = paging.decode(before, ORDER).values if before else None
    return [_taken(table, place, count) for table in _tables(conversations, sees_all(actor))]


@cache
def _newest(count: int, is_staff: bool) -> tuple[Question, ...]:
    """How most threads are read: the newest of one conversation alone."""

    def of(table: int) -> Question:
        return Question(lambda conversation: _taken(_tables([conversation], is_staff)[table], None, count))

    return tuple(of(table) for table in range(2 if is_staff else 1))


def _tables(conversations: list[int], is_staff: bool) -> list[QuerySet[Any]]:
    states = STANDING_STATES if is_staff else READABLE_STATES
    messages = MESSAGES.filter(conversation__in=conversations, state__in=states)
    return [messages, NOTES.filter(conversation__in=conversations)] if is_staff else [messages]


# Put together once: it takes longer than the rest of the questions.
MESSAGES = (
    Message.objects.annotate(line_at=F("happened_at"), line_rank=Value(MESSAGE_RANK), author_email=EMAIL)
    .annotate(files=attached(MessageAttachment.objects.filter(message=OuterRef("pk"))))
    .select_related("author_user", "author_contact")
    .only(*SHOWN_OF_MESSAGES)
)
NOTES = (
    Note.objects.annotate(line_at=F("created_at"), line_rank=Value(NOTE_RANK), author_email=Value(""))
    .annotate(files=attached(NoteAttachment.objects.filter(note=OuterRef("pk"))))
    .select_related("author")
    .only(*SHOWN_OF_NOTES)
)


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
    return Line(
        at=said.line_at,
        said=said,
        attachments=files_of(said.files),
        author_email=said.author_email or "",
    )
