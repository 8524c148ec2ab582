"""Writing on in a side thread."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from keepwell.cases.locking import person_id
from keepwell.conversations.words import Words
from keepwell.journal.recording import Actor
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.people import permits
from keepwell.side_threads.models import SideMessage, SideThread
from keepwell.side_threads.refusals import HasEnded, SomethingNewAside
from keepwell.side_threads.verbs.beginning import PERMIT
from keepwell.side_threads.writing import write


@all_or_nothing()
def answer(
    thread: SideThread,
    words: Words,
    *,
    seen_through: int | None = None,
    by: Actor,
    at: datetime | None = None,
) -> SideMessage:
    """Everybody who is asked gets the words and files by mail; the side thread waits for them again.

    `seen_through` is the last message that the writer has read; None does not ask. The same words twice,
    with nothing in between, are one message. Effects: side_message.sent. Errors: HasEnded,
    SomethingNewAside, NobodyLeft, NotYourFile, FilesDoNotGo, NotPermitted.
    """
    permits.require(by, PERMIT)
    lock(thread)
    if thread.is_ended:
        raise HasEnded
    newest = thread.messages.order_by("pk").last()
    if newest is not None and _is_said(newest, words, by):
        return newest
    newer = thread.messages.filter(pk__gt=seen_through).exclude(author=person_id(by)) if seen_through else ()
    if count := len(newer):
        raise SomethingNewAside(count)
    return write(thread, words, by=by, at=clock.instant(at))


def _is_said(newest: SideMessage, words: Words, by: Any) -> bool:
    return newest.is_ours and newest.author_id == person_id(by) and newest.body == words.body
