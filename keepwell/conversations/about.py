"""The subjects of the entries of a message or note: what the caller named, and the conversation itself."""

from __future__ import annotations

from collections.abc import Iterable

from keepwell.conversations.models import Message, Note
from keepwell.journal.recording import Subject

QUOTED = "quoted_"


def stored(about: Iterable[Subject]) -> list[list[str | int]]:
    """The subjects as a row keeps them."""
    return [[noun, identity] for noun, identity in about]


def subjects_of(said: Message | Note) -> list[Subject]:
    """The subjects that were named when it was written, and its conversation."""
    return [(str(noun), int(identity)) for noun, identity in said.about] + in_conversation(
        said.conversation_id
    )


def carried(noun: str, identities: Iterable[int]) -> list[Subject]:
    """What the mails are about that carry these words: as what they say, or quoted below it."""
    return [subject for pk in identities for subject in ((noun, pk), (f"{QUOTED}{noun}", pk))]


def in_conversation(conversation_id: int) -> list[Subject]:
    return [("conversation", conversation_id)]
