"""What a slice does when a lower slice records something, in the same transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keepwell.journal.models import Entry

Reaction = Callable[["Entry"], None]
Settling = Callable[[int, "list[Entry]"], None]

_reactions: dict[str, list[Reaction]] = defaultdict(list)
_settlings: dict[str, list[Settling]] = defaultdict(list)


def on(*kinds: str) -> Callable[[Reaction], Reaction]:
    """Registers a reaction to these kinds.

    A reaction runs before `record` returns and fails the change if it fails. What need not be atomic
    defers a job instead.
    """

    def register(reaction: Reaction) -> Reaction:
        for kind in kinds:
            _reactions[kind].append(reaction)
        return reaction

    return register


def when_settled(noun: str) -> Callable[[Settling], Settling]:
    """Registers what is done once for each such subject when a change and its consequences are recorded.

    Called as fn(id, entries) with the entries about that subject in order, still in the transaction.
    """

    def register(settling: Settling) -> Settling:
        _settlings[noun].append(settling)
        return settling

    return register


def react(entry: Entry) -> None:
    for reaction in _reactions.get(entry.kind, ()):
        reaction(entry)


def settle(entries_by_subject: dict[tuple[str, int], list[Entry]]) -> None:
    # A copy: what settles one subject may record something about another.
    for (noun, identity), entries in list(entries_by_subject.items()):
        for settling in _settlings.get(noun, ()):
            settling(identity, list(entries))
