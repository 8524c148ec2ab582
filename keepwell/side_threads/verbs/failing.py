"""What was written to somebody outside did not arrive."""

from __future__ import annotations

from datetime import datetime

from keepwell.journal.recording import Actor, Subject, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.people.actors import System
from keepwell.side_threads.about import subjects_of
from keepwell.side_threads.models import Delivery

OUTBOX = System("outbox")


@all_or_nothing()
def fail(delivery: Delivery, *, by: Actor = OUTBOX, at: datetime | None = None) -> bool:
    """It shows at the message, and whoever wrote it hears of it; once. Gives whether it did by this call.

    Effects: side_message.failed.
    """
    lock(delivery)
    if delivery.failed_at is not None:
        return False
    delivery.failed_at = clock.instant(at)
    delivery.save(update_fields=["failed_at"])
    message = delivery.message
    writer: list[Subject] = [("person", message.author_id)] if message.author_id else []
    record(
        "side_message.failed",
        by=by,
        at=delivery.failed_at,
        subjects=[*subjects_of(message.thread), *writer],
        facts={
            "side_thread": message.thread_id,
            "side_message": message.pk,
            "party": delivery.party_id,
        },
    )
    return True
