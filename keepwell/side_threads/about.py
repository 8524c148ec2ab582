"""What entries of side threads are about, and what their mails are."""

from __future__ import annotations

from collections.abc import Iterable

from keepwell.cases.changing import subjects_of as subjects_of_case
from keepwell.journal.recording import Subject
from keepwell.side_threads.models import SideThread

MESSAGE, DELIVERY, QUOTED = "side_message", "side_delivery", "quoted_side_message"


def subjects_of(thread: SideThread) -> list[Subject]:
    """The side thread, and the case that it stands beside. Never a conversation."""
    return [("side_thread", thread.pk), *subjects_of_case(thread.case)]


def carried(messages: Iterable[int]) -> list[Subject]:
    """What the mails are about that carry these words: as what they say, or quoted below it."""
    return [(noun, pk) for pk in messages for noun in (MESSAGE, QUOTED)]
