"""Taking out of a side thread what should never have been written, such as a password."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from keepwell.conversations.authors import staff_author
from keepwell.conversations.quoting import lines_of, longest_first, take_out_of_drafts, without
from keepwell.conversations.verbs.redacting import NotFoundThere, NothingLeft
from keepwell.journal.recording import Actor, caused_by, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.outbox.verbs.forgetting import forget_mail_about
from keepwell.people import permits
from keepwell.side_threads.about import carried, subjects_of
from keepwell.side_threads.models import SideMessage


@all_or_nothing()
def redact(
    message: SideMessage, *, passages: Sequence[str] = (), by: Actor, at: datetime | None = None
) -> None:
    """The passages are gone for good, or, without any, the whole text and its files.

    So are they from drafts at the case, and mails that carried or quoted the text are forgotten. Effects:
    side_message.redacted; mail.forgotten. Errors: NotFoundThere, NothingLeft, NotPermitted.
    """
    permits.require(by, "message.redact")
    lock(message)
    if not (passages or message.body or message.attached.exists()):
        raise NothingLeft
    if not all(passage.strip() and passage in message.body for passage in passages):
        raise NotFoundThere
    removed, at = longest_first(passages or lines_of(message.body)), clock.instant(at)
    take_out_of_drafts(message.thread.case.conversation_id, removed)
    message.body = without(message.body, removed) if passages else ""
    if not passages:
        message.attached.all().delete()
    message.redacted_at, message.redacted_by_id = at, staff_author(by)
    message.save(update_fields=["body", "redacted_at", "redacted_by"])
    facts = {"side_thread": message.thread_id, "side_message": message.pk, "whole": not passages}
    about = [*subjects_of(message.thread), ("side_message", message.pk)]
    with caused_by():
        record("side_message.redacted", by=by, at=at, subjects=about, facts=facts)
        forget_mail_about(carried([message.pk]), by=by, at=at)
