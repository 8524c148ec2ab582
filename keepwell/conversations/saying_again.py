"""The same words from one page once more: a double click, or our answer to the first was lost."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from keepwell.conversations.models import Conversation, Message, MessageState, Note, NoteKind

if TYPE_CHECKING:
    from keepwell.conversations.words import Words

SAID = (MessageState.PENDING, MessageState.SENT, MessageState.RECEIVED)


def said_already(words: Words, said: Iterable[Message]) -> Message | None:
    """The one of these messages that says just this, with these files; None if none does.

    Files are there only once: sent again without them, the words are the same.
    """
    return next((one for one in said if one.state in SAID and _is_the_same(one, words)), None)


def noted_already(words: Words, conversation: Conversation, author_id: int | None) -> Note | None:
    """The newest note, if it is this author's and says just this: nobody says so twice on purpose."""
    newest = conversation.notes.filter(kind=NoteKind.NOTE).order_by("created_at", "pk").last()
    if newest is None or author_id is None or newest.author_id != author_id:
        return None
    return newest if _is_the_same(newest, words) else None


def _is_the_same(said: Message | Note, words: Words) -> bool:
    if said.body != words.body:
        return False
    files = {attachment.blob_id for attachment in words.attachments}
    return not files or files == set(said.attached.values_list("attachment__blob", flat=True))
