"""Our word in a side thread, within the change that asks for it."""

from __future__ import annotations

from datetime import datetime

from keepwell.conversations.attaching import require_own
from keepwell.conversations.authors import staff_author
from keepwell.conversations.words import Words
from keepwell.journal.recording import Actor, record
from keepwell.side_threads.about import subjects_of
from keepwell.side_threads.attaching import attach
from keepwell.side_threads.mailable import require_mailable
from keepwell.side_threads.models import Delivery, SideDirection, SideMessage, SideState, SideThread
from keepwell.side_threads.refusals import NobodyLeft


def write(thread: SideThread, words: Words, *, by: Actor, at: datetime) -> SideMessage:
    """It leaves at once, to everybody who is asked; the thread waits for them. The caller holds the lock.

    Effects: side_message.sent. Errors: NotYourFile, FilesDoNotGo, NobodyLeft, NotPermitted for a customer.
    """
    require_own(words.attachments, by)
    require_mailable(words.attachments)
    parties = list(thread.parties.exclude(address="").order_by("pk"))
    if not parties:
        raise NobodyLeft
    message = SideMessage.objects.create(
        thread=thread,
        direction=SideDirection.OUT,
        author_id=staff_author(by),
        body=words.body,
        happened_at=at,
    )
    attach(message, words.attachments)
    Delivery.objects.bulk_create(Delivery(message=message, party=party) for party in parties)
    stand(thread, SideState.WAITING, at)
    facts = {"side_thread": thread.pk, "side_message": message.pk}
    record("side_message.sent", by=by, at=at, subjects=subjects_of(thread), facts=facts)
    return message


def stand(thread: SideThread, state: SideState, at: datetime) -> None:
    thread.state, thread.changed_at = state, max(thread.changed_at, at)
    thread.save(update_fields=["state", "changed_at"])
