"""What was said before, as it stands quoted below an answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString

from keepwell.cases.models import Case
from keepwell.channels.models import InboundMail
from keepwell.conversations.models import Direction, Message, MessageState
from keepwell.conversations.shown_words import words_html
from keepwell.customers.naming import contact_name
from keepwell.kit import pictures

MESSAGES = 3
CHARACTERS = 4_000
SAID = (MessageState.SENT, MessageState.RECEIVED)


@dataclass(frozen=True, kw_only=True)
class Quoted:
    """One message that came before, as text and as HTML. `lines` carry the mark of a quote."""

    message: int
    at: datetime
    name: str
    lines: str
    html: SafeString


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
    return [_quoted(one, shortened(new_words.get(one.pk) or one.body)) for one in newest]


def _new_words(messages: list[int]) -> dict[int | None, str]:
    """Of those that came by mail and are not forgotten. A mail loses its words with those of its message."""
    mails = InboundMail.objects.filter(message__in=messages, parsed__isnull=False)
    return dict(mails.values_list("message_id", "parsed__trimmed_text"))


def _quoted(message: Message, words: str) -> Quoted:
    return Quoted(
        message=message.pk,
        at=message.happened_at,
        name=_name(message),
        lines=marked(pictures.named(words)),
        html=words_html(message, words),
    )


def marked(words: str) -> str:
    """Each line with the mark of a quote."""
    return "\n".join(f"> {line}".rstrip() for line in words.splitlines())


def shortened(text: str) -> str:
    """As much of it as is quoted."""
    whole = text.strip()
    return whole if len(whole) <= CHARACTERS else f"{whole[:CHARACTERS]} …"


def _name(message: Message) -> str:
    if message.direction == Direction.IN:
        return contact_name(message.author_contact) if message.author_contact else ""
    return message.author_user.name if message.author_user else ""
