"""Taking what somebody outside answers."""

from __future__ import annotations

from datetime import datetime

from keepwell.journal.recording import Actor, caused_by, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.people import permits
from keepwell.side_threads.about import subjects_of
from keepwell.side_threads.attaching import attach
from keepwell.side_threads.heard import Heard
from keepwell.side_threads.models import SideDirection, SideMessage, SideState, SideThread
from keepwell.side_threads.verbs.beginning import PERMIT
from keepwell.side_threads.writing import stand


@all_or_nothing()
def receive(thread: SideThread, heard: Heard, *, by: Actor, at: datetime | None = None) -> SideMessage:
    """The words stand in this side thread and nowhere else; one that had ended is open again.

    No promise hears of it, and the case stays as it is. `at` is when it came in. Effects:
    side_message.received; side_thread.reopened.
    """
    permits.require(by, PERMIT)
    lock(thread)
    at = clock.instant(at)
    message = SideMessage.objects.create(
        thread=thread,
        direction=SideDirection.IN,
        party=heard.party,
        writer_address=heard.address.replace("\x00", "")[:320],
        writer_name=" ".join(heard.name.replace("\x00", "").split())[:200],
        is_unconfirmed=heard.is_unconfirmed,
        body=heard.words.body,
        happened_at=at,
    )
    attach(message, heard.words.attachments)
    had_ended = thread.is_ended
    stand(thread, SideState.OPEN, at)
    about, facts = subjects_of(thread), {"side_thread": thread.pk}
    with caused_by():
        told = {**facts, "side_message": message.pk, "unconfirmed": heard.is_unconfirmed}
        record("side_message.received", by=by, at=at, subjects=about, facts=told)
        if had_ended:
            record("side_thread.reopened", by=by, at=at, subjects=about, facts=facts)
    return message
