"""The thread of a case: what was said and what happened, in one line of time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from keepwell.cases.models import Case
from keepwell.cases.queries import conversation_ids
from keepwell.conversations.attached_files import places_of
from keepwell.conversations.models import Direction, Message
from keepwell.conversations.shown_words import words_html
from keepwell.conversations.thread import Line, thread
from keepwell.customers.naming import contact_name
from keepwell.portal.case_page.events import Event, events_of
from keepwell.portal.readers import Reader

AT_ONCE = 60


@dataclass(frozen=True, kw_only=True)
class Row:
    """A `message` as its component takes it, or an `event`."""

    at: datetime
    message: Mapping[str, Any] | None = None
    event: Event | None = None


@dataclass(frozen=True, kw_only=True)
class CaseThread:
    """Rows, oldest first. `earlier` leads to what stands before them; "" where it begins here."""

    rows: list[Row]
    earlier: str


def thread_of(case: Case, reader: Reader, *, before: str = "") -> CaseThread:
    """The newest rows, or those before a cursor. What staff note, and what has not left, is not among them.

    Errors: paging.BadCursor.
    """
    also = [pk for pk in conversation_ids(case, reader.actor) if pk != case.conversation_id]
    read = thread(case.conversation, reader.actor, also=also, before=before, size=AT_ONCE)
    said = [_said(case, line, reader) for line in read.lines]
    happened = [
        Row(at=event.at, event=event) for event in _around(events_of(case), said, before, read.earlier)
    ]
    return CaseThread(rows=sorted([*said, *happened], key=lambda row: row.at), earlier=read.earlier)


def _around(events: Iterable[Event], said: list[Row], before: str, earlier: str) -> Iterable[Event]:
    """Those between the first and the last of these rows; to the end where these are the newest."""
    if not said:
        return [] if before else list(events)
    first, last = said[0].at, said[-1].at
    return [
        event for event in events if (not earlier or event.at >= first) and (not before or event.at <= last)
    ]


def _said(case: Case, line: Line, reader: Reader) -> Row:
    message: Message = line.said  # type: ignore[assignment]
    is_ours = message.direction == Direction.OUT
    shown = {
        "id": str(message.pk),
        "kind": "ours" if is_ours else "theirs",
        "under": "",
        "at": line.at,
        "html": words_html(message, places=places_of(line.attachments, lambda file: _href(case, file))),
        "state": "redacted" if _is_gone(message) else "",
        "files": [_file(case, attachment) for attachment in line.attachments],
        "chips": [],
        **(_ours(message) if is_ours else _theirs(message, line.author_email, reader)),
    }
    return Row(at=line.at, message=shown)


def _is_gone(message: Message) -> bool:
    return not message.body and bool(message.redacted_at or message.erased_at)


def _ours(message: Message) -> dict[str, Any]:
    user = message.author_user
    return {"name": user.name or _("Support"), "seed": user.pk} if user else {"name": _("Support"), "seed": 0}


def _theirs(message: Message, email: str, reader: Reader) -> dict[str, Any]:
    contact = message.author_contact
    if contact is None:
        return {"name": _("Somebody of yours"), "seed": 0}
    is_own = reader.contact is not None and reader.contact.pk == contact.pk
    return {"name": contact_name(contact, email), "seed": contact.pk + 7, "under": _("you") if is_own else ""}


def _file(case: Case, attachment: Any) -> dict[str, Any]:
    return {"href": _href(case, attachment), "name": attachment.name, "size": attachment.size}


def _href(case: Case, attachment: Any) -> str:
    return reverse("portal:case_file", args=[case.number, attachment.pk])
