"""Mail at a case: what its message shows beside the words, and what waits beside the thread."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from keepwell.channels.email.at_the_case import mails_of, waiting_beside
from keepwell.channels.email.understanding.evidence import Proof
from keepwell.channels.email.understanding.wording import authenticity_words
from keepwell.conversations.models import Message
from keepwell.conversations.thread import Line
from keepwell.kit import markup
from keepwell.people import permits
from keepwell.people.models import User

DOUBTED = frozenset({Proof.FAILED, Proof.FORGED})


@dataclass(frozen=True, kw_only=True)
class ShownMail:
    """A mail beside its message, or in its place while it waits.

    `words` are those without quotes, "" where nothing was told apart. `may_place`: the reader decides about
    it; `can_part`: he may undo its join. `message` is the id of what it became, `aside` of the side thread
    that it names; `stands`: it became a message of one or the other.
    """

    pk: int
    at: datetime
    address: str
    writer: str
    words: str
    why: str
    authenticity: str
    is_doubted: bool
    has_html: bool
    may_place: bool
    can_part: bool
    message: int | None
    aside: int | None
    stands: bool


def mails_at(lines: Iterable[Line], reader: User) -> dict[int, ShownMail]:
    """By the id of the message that came so."""
    came = [line.said.pk for line in lines if isinstance(line.said, Message) and not line.said.is_markdown]
    return shown_mails(mails_of(came), reader)


def shown_mails(found: Mapping[int, Any], reader: User) -> dict[int, ShownMail]:
    """These mails as this reader has them, under the same ids."""
    may_place = permits.may(reader, "triage.place")
    return {pk: _shown(row, may_place, getattr(row, "has_joined", False)) for pk, row in found.items()}


def held_at(case: Any, reader: User, *, since: datetime | None, before: datetime | None) -> list[ShownMail]:
    """Those that nobody let in yet; no query where the case has none."""
    if not case.has_held_mail:
        return []
    may_place = permits.may(reader, "triage.place")
    return [_shown(row, may_place) for row in waiting_beside(case, since=since, before=before)]


def words_with_quotes(body: str, own: str) -> SafeString:
    """What was written anew, and what it quotes behind a word; all of it where nothing was told apart."""
    own = own.strip()
    if not own or own == body.strip():
        return markup.typed(body)
    quoted = body[len(own) :].strip("\n") if body.startswith(own) else body
    pattern = '{}<details class="quoted"><summary>{}</summary>{}</details>'
    return format_html(pattern, markup.typed(own), _("Show what it quotes"), markup.typed(quoted))


def _shown(row: Any, may_place: bool, has_joined: bool = False) -> ShownMail:
    return ShownMail(
        pk=row.pk,
        at=row.raw.received_at,
        address=row.said_address or "",
        writer=row.said_name or row.said_address or "",
        words=row.said_trimmed or "",
        why=row.why,
        authenticity=authenticity_words(row.proof),
        is_doubted=row.proof in DOUBTED,
        has_html=row.has_html,
        may_place=may_place,
        can_part=may_place and has_joined,
        message=row.message_id,
        aside=row.side_thread_id,
        stands=bool(row.message_id or row.side_message_id),
    )
