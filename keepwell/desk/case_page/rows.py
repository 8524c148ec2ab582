"""The rows of a thread, as the message and event components take them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from keepwell.cases.models import Case, Escalation, LoggedContact
from keepwell.conversations.attached_files import places_of
from keepwell.conversations.models import Channel, Copy, Direction, Message, MessageState, Note, NoteKind
from keepwell.conversations.shown_words import words_html
from keepwell.conversations.thread import Line
from keepwell.customers.naming import contact_name
from keepwell.desk.case_page.mails import ShownMail, words_with_quotes
from keepwell.insight.doers import person_name
from keepwell.kit import markup
from keepwell.people.models import User

SAID, EVENT, AFTER = 0, 1, 2


@dataclass(frozen=True, kw_only=True)
class Row:
    """A `message` (a note, a hand-off and an entered call, too) or an `event`; `rank` orders one second.

    `mail` is how a message came, or the mail itself where it waits beside the case. `copies` are who got it
    besides those who take part.
    """

    at: datetime
    rank: int
    message: Mapping[str, Any] | None = None
    event: Mapping[str, Any] | None = None
    said: Message | Note | None = None
    mail: ShownMail | None = None
    copies: Sequence[Copy] = ()


def said_row(
    case: Case,
    line: Line,
    participants: Mapping[int, str],
    *,
    is_merged: bool,
    may_redact: bool,
    mail: ShownMail | None = None,
) -> Row:
    """A message or note at its place; `is_merged` marks what was said in a case merged into this one."""
    said = line.said
    places = places_of(line.attachments, lambda file: _href(case, line, file))
    of_kind = _note(said) if isinstance(said, Note) else _message(said, line, participants)
    chips = [*of_kind.pop("chips"), *([(_("from a merged case"), "")] if is_merged else [])]
    shown = {
        "at": line.at,
        "html": words_with_quotes(said.body, mail.words) if mail else words_html(said, places=places),
        "files": [_file(case, line, attachment) for attachment in line.attachments],
        "chips": chips,
        "link": _redaction(case, line) if may_redact and (said.body or line.attachments) else None,
        **of_kind,
    }
    return Row(at=line.at, rank=SAID, message=shown, said=line.said, mail=mail)


def held_row(mail: ShownMail) -> Row:
    """A mail that nobody let in yet, at the place where it came."""
    shown = {
        "id": f"mail-{mail.pk}",
        "kind": "note",
        "name": mail.writer or _("Unknown sender"),
        "seed": 0,
        "under": _("answer to a side thread that waits, staff only")
        if mail.aside
        else _("mail that waits, staff only"),
        "at": mail.at,
        "html": markup.typed(mail.words),
        "chips": [(_("unverified reply"), "warn")],
        "link": (reverse("desk:inbound_mail", args=[mail.pk]), _("Look at it")) if mail.may_place else None,
    }
    return Row(at=mail.at, rank=SAID, message=shown, mail=mail)


def logged_row(case: Case, contact: LoggedContact) -> Row:
    """A call or talk that was entered by hand."""
    who = _person(contact.entered_by)
    later = [(_("entered later"), "warn")] if contact.is_entered_later else []
    body = f"{contact.said}\n\n*{_('Entered by hand:')} {contact.reason}*"
    shown = {
        "id": f"contact-{contact.pk}",
        "kind": "ours",
        "under": _("spoken with the customer") if contact.is_live else _("tried to reach the customer"),
        "at": contact.happened_at,
        "html": markup.html(body),
        "chips": later,
        **who,
    }
    return Row(at=contact.happened_at, rank=SAID, message=shown)


def hand_off_row(asked: Escalation) -> Row:
    """The three parts of a hand-off, right below the row that tells of it."""
    parts = (
        (_("Known"), asked.known),
        (_("Tried"), asked.tried),
        (_("Needed"), asked.needed),
    )
    body = "\n\n".join(f"**{name}:** {words}" for name, words in parts)
    shown = {
        "id": f"hand-off-{asked.pk}",
        "kind": "note",
        "under": _("hand-off, staff only"),
        "at": asked.requested_at,
        "html": markup.html(body),
        "chips": [],
        **_person(asked.requested_by),
    }
    return Row(at=asked.requested_at, rank=AFTER, message=shown)


def _note(note: Note) -> dict[str, Any]:
    is_hand_off = note.kind == NoteKind.HANDOFF
    return {
        "id": f"note-{note.pk}",
        "kind": "note",
        "under": _("hand-off, staff only") if is_hand_off else _("staff only"),
        "state": "redacted" if note.redacted_at and not note.body else "",
        "chips": _redacted(note),
        **_person(note.author),
    }


def _message(message: Message, line: Line, participants: Mapping[int, str]) -> dict[str, Any]:
    is_ours = message.direction == Direction.OUT
    return {
        "id": str(message.pk),
        "kind": "ours" if is_ours else "theirs",
        "under": _to(message, participants) if is_ours else str(Channel(message.channel).label).lower(),
        "state": _state(message),
        "chips": [*_marks(message), *_redacted(message)],
        **(_person(message.author_user) if is_ours else _customer(message, line.author_email)),
    }


def _state(message: Message) -> str:
    if (message.redacted_at or message.erased_at) and not message.body:
        return "redacted"
    return message.state if message.state in (MessageState.PENDING, MessageState.FAILED) else ""


def _marks(message: Message) -> list[tuple[str, str]]:
    later = [(_("entered later"), "warn")] if message.entered_later else []
    if not message.is_maybe_twice:
        return later
    is_failed = message.state == MessageState.FAILED
    return [*later, (_("may have arrived") if is_failed else _("may have arrived twice"), "warn")]


def _redacted(said: Message | Note) -> list[tuple[str, str]]:
    return [(_("words removed"), "warn")] if said.redacted_at and said.body else []


def _to(message: Message, participants: Mapping[int, str]) -> str:
    """To whom it went; until it has left that is not settled."""
    names = [participants[pk] for pk in message.recipients if pk in participants]
    if not names:
        return _("to the customer")
    others = len(message.recipients) - 1
    if not others:
        return _("to %(name)s") % {"name": names[0]}
    words = ngettext("to %(name)s and %(others)s other", "to %(name)s and %(others)s others", others)
    return words % {"name": names[0], "others": others}


def _person(user: User | None) -> dict[str, Any]:
    if user is None:
        return {"name": _("Keepwell itself"), "seed": 0}
    return {"name": person_name(user), "seed": user.pk}


def _customer(message: Message, email: str) -> dict[str, Any]:
    contact = message.author_contact
    if contact is None:
        return {"name": _("The customer"), "seed": 0}
    return {"name": contact_name(contact, email), "seed": contact.pk + 7}


def _redaction(case: Case, line: Line) -> tuple[str, str]:
    noun = "note" if line.is_note else "message"
    return reverse(f"desk:case_{noun}_redaction", args=[case.number, line.said.pk]), _("Remove words")


def _file(case: Case, line: Line, attachment: Any) -> dict[str, Any]:
    return {"href": _href(case, line, attachment), "name": attachment.name, "size": attachment.size}


def _href(case: Case, line: Line, attachment: Any) -> str:
    noun = "note" if line.is_note else "message"
    return reverse(f"desk:case_{noun}_file", args=[case.number, line.said.pk, attachment.pk])
