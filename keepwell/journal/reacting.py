"""What a slice does when a lower slice records something, in the same transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keepwell.journal.models import Entry

Reaction = Callable[["Entry"], None]

_reactions: dict[str, list[Reaction]] = defaultdict(list)


def on(*kinds: str) -> Callable[[Reaction], Reaction]:
    """Registers a reaction to these kinds; `about.NOUN` reacts to every entry that has such a subject.

    A reaction runs before `record` returns and fails the change if it fails. What need not be atomic
    defers a job instead.
    """

    def register(reaction: Reaction) -> Reaction:
        for kind in kinds:
            _reactions[kind].append(reaction)
        return reaction

    return register


def react(entry: Entry, subject_kinds: frozenset[str]) -> None:
    for reaction in _reactions.get(entry.kind, ()):
        reaction(entry)
    for noun in sorted(subject_kinds):
        for reaction in _reactions.get(f"about.{noun}", ()):
            reaction(entry)
