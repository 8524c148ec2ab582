"""The subjects of the entries of a message or note: what the caller named, and the conversation itself."""

from __future__ import annotations

from collections.abc import Iterable

from keepwell.conversations.models import Message, Note
from keepwell.journal.recording import Subject

QUOTED, COPIED = "quoted_", "copied_"


def stored(about: Iterable[Subject]) -> list[list[str | int]]:
    """The subjects as a row keeps them."""
    return [[noun, identity] for noun, identity in about]


def subjects_of(said: Message | Note) -> list[Subject]:
    """The subjects that were named when it was written, and its conversation."""
    return [(str(noun), int(identity)) for noun, identity in said.about] + in_conversation(
        said.conversation_id
    )


def carried(noun: str, identities: Iterable[int]) -> list[Subject]:
    """What the mails are about that carry these words: as what they say, as a copy, or quoted below it."""
    return [(f"{way}{noun}", pk) for pk in identities for way in ("", COPIED, QUOTED)]


def in_conversation(conversation_id: int) -> list[Subject]:
    return [("conversation", conversation_id)]
