"""The same words from one page once more: a double click, or our answer to the first was lost."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from keepwell.conversations.models import Message, MessageState

if TYPE_CHECKING:
    from keepwell.conversations.words import Words

SAID = (MessageState.PENDING, MessageState.SENT, MessageState.RECEIVED)


def said_already(words: Words, said: Iterable[Message]) -> Message | None:
    """The one of these messages that says just this, with these files; None if none does.

    Files are there only once: sent again without them, the words are the same.
    """
    files = {attachment.blob_id for attachment in words.attachments}
    return next((one for one in said if _is_the_same(one, words.body, files)), None)


def _is_the_same(message: Message, body: str, files: set[int]) -> bool:
    if message.state not in SAID or message.body != body:
        return False
    return not files or files == set(message.attached.values_list("attachment__blob", flat=True))
