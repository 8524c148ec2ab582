"""What was said before in a side thread, as it stands quoted below what is written on."""

from __future__ import annotations

from keepwell.channels.email.history import MESSAGES, Quoted, marked, shortened
from keepwell.channels.models import InboundMail
from keepwell.kit import markup
from keepwell.side_threads.models import SideMessage


def history_before(message: SideMessage) -> list[Quoted]:
    """The newest messages of this side thread before this one, the newest first; of nothing else.

    Of one that came by mail only what was new in it: what it quoted stands here by itself.
    """
    earlier = SideMessage.objects.filter(thread=message.thread_id, pk__lt=message.pk).exclude(body="")
    newest = list(earlier.select_related("author", "party").order_by("-happened_at", "-pk")[:MESSAGES])
    new_words = _new_words([one.pk for one in newest])
    return [_quoted(one, shortened(new_words.get(one.pk) or one.body)) for one in newest]


def _new_words(messages: list[int]) -> dict[int | None, str]:
    mails = InboundMail.objects.filter(side_message__in=messages, parsed__isnull=False)
    return dict(mails.values_list("side_message_id", "parsed__trimmed_text"))


def _quoted(message: SideMessage, words: str) -> Quoted:
    return Quoted(
        message=message.pk,
        at=message.happened_at,
        name=_name(message),
        lines=marked(words),
        html=markup.html(words) if message.is_ours else markup.typed(words),
    )


def _name(message: SideMessage) -> str:
    if message.is_ours:
        return message.author.name if message.author else ""
    said = message.party.name if message.party else ""
    return said or message.writer_name or message.writer_address
