"""What was said before, as it stands quoted below an answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from keepwell.cases.models import Case
from keepwell.channels.models import InboundMail
from keepwell.conversations.models import Direction, Message, MessageState
from keepwell.customers.naming import contact_name

MESSAGES = 3
CHARACTERS = 4_000
SAID = (MessageState.SENT, MessageState.RECEIVED)


@dataclass(frozen=True, kw_only=True)
class Quoted:
    """One message that came before. `lines` carry the mark of a quote."""

    message: int
    at: datetime
    name: str
    lines: str


def history_before(message: Message, case: Case) -> list[Quoted]:
    """The newest messages before this one that the customer's side has read or written, the newest first.

    Of one that came by mail only what was new in it: what it quoted stands here by itself.
    """
    said = Message.objects.filter(conversation=case.conversation_id, state__in=SAID, entered_later=False)
    earlier = said.exclude(body="").filter(happened_at__lte=message.happened_at).exclude(pk=message.pk)
    newest = list(
        earlier.select_related("author_user", "author_contact").order_by("-happened_at", "-pk")[:MESSAGES]
    )
    new_words = _new_words([one.pk for one in newest])
    return [
        Quoted(
            message=one.pk,
            at=one.happened_at,
            name=_name(one),
            lines=_quoted(new_words.get(one.pk) or one.body),
        )
        for one in newest
    ]


def _new_words(messages: list[int]) -> dict[int | None, str]:
    """Of those that came by mail and are not forgotten. A mail loses its words with those of its message."""
    mails = InboundMail.objects.filter(message__in=messages, parsed__isnull=False)
    return dict(mails.values_list("message_id", "parsed__trimmed_text"))


def _quoted(text: str) -> str:
    whole = text.strip()
    shown = whole if len(whole) <= CHARACTERS else f"{whole[:CHARACTERS]} …"
    return "\n".join(f"> {line}".rstrip() for line in shown.splitlines())


def _name(message: Message) -> str:
    if message.direction == Direction.IN:
        return contact_name(message.author_contact) if message.author_contact else ""
    return message.author_user.name if message.author_user else ""
