"""What somebody said, as others have quoted it in answers and notes that they have not sent yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from keepwell.conversations.models import Draft

BLOCK = "█████"
SHORTEST_LINE = 4


def lines_of(text: str) -> list[str]:
    """As somebody quotes a text: line by line. What is shorter could stand anywhere by chance."""
    return [line.strip() for line in text.splitlines() if len(line.strip()) >= SHORTEST_LINE]


def longest_first(passages: Iterable[str]) -> list[str]:
    """In the order in which they are taken out, so that one within another does not break it."""
    return sorted(passages, key=len, reverse=True)


def without(text: str, removed: Sequence[str]) -> str:
    """The text with a block in place of each of the removed passages."""
    for passage in removed:
        text = text.replace(passage, BLOCK)
    return text


def take_out_of_drafts(conversation_id: int, removed: Sequence[str]) -> None:
    """Nobody's draft of this conversation holds the passages any more."""
    for draft in Draft.objects.select_for_update().filter(conversation=conversation_id):
        body = without(draft.body, removed)
        if body != draft.body:
            draft.body = body
            draft.save(update_fields=["body"])
