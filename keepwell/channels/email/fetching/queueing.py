"""Which mails of a folder are fetched next. Pure.

What came in while we were at work goes before what had piled up; each of the two in the order it came.
So somebody who writes now is not behind thousands of mails of a night without connection.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

TOGETHER = 20
TOGETHER_BYTES = 4 * 1024 * 1024


@dataclass
class Queue:
    """Mails by their number in the folder. `highest` is the highest that was ever put in."""

    backlog: list[int] = field(default_factory=list)
    fresh: list[int] = field(default_factory=list)
    highest: int = 0

    def pile_up(self, uids: Iterable[int]) -> None:
        """What waits already."""
        self.backlog = sorted(uids)
        self.highest = max([self.highest, *self.backlog])

    def come_in(self, uids: Iterable[int]) -> None:
        """What came since; those that were put in before are not put in again."""
        self.fresh = sorted({*self.fresh, *(uid for uid in uids if uid > self.highest)})
        self.highest = max([self.highest, *self.fresh])

    def take(self) -> tuple[list[int], bool]:
        """The next ones, some at a time, and whether they had piled up; an empty list when all are taken."""
        is_backlog = not self.fresh
        line = self.backlog if is_backlog else self.fresh
        taken = line[:TOGETHER]
        del line[:TOGETHER]
        return taken, is_backlog


def bundles(sizes: dict[int, int]) -> Iterator[list[int]]:
    """Mails by number and bytes, in order: as many together as are light enough; a heavy one is alone."""
    bundle: list[int] = []
    weight = 0
    for uid in sorted(sizes):
        if bundle and weight + sizes[uid] > TOGETHER_BYTES:
            yield bundle
            bundle, weight = [], 0
        bundle.append(uid)
        weight += sizes[uid]
    if bundle:
        yield bundle
