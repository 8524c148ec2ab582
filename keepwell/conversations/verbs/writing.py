"""Answering: the words wait a moment before they leave."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings

from keepwell.conversations.about import stored, subjects_of
from keepwell.conversations.attaching import attach, require_own
from keepwell.conversations.authors import staff_author
from keepwell.conversations.drafts import finish_draft
from keepwell.conversations.facts import message_facts
from keepwell.conversations.jobs import release_message
from keepwell.conversations.models import Conversation, Direction, DraftKind, Message, MessageState
from keepwell.conversations.words import Words
from keepwell.journal.recording import Actor, Subject, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.people import permits

AT_ONCE = timedelta(0)


@all_or_nothing()
def write(
    conversation: Conversation,
    words: Words,
    *,
    undo_for: timedelta | None = None,
    about: Iterable[Subject] = (),
    by: Actor,
    at: datetime | None = None,
) -> Message:
    """A reply is written, and leaves by itself when the time to take it back is over.

    `undo_for` is that time (that of the installation if None). With AT_ONCE no job waits for it: the
    caller releases it in the same transaction. The writer's draft of the reply is done with.
    Effects: message.written; later message.sent or message.undone. Errors: NotYourFile.
    """
    permits.require(by, "case.reply")
    author_id = staff_author(by)
    require_own(words.attachments, by)
    at = clock.instant(at)
    undo_for = timedelta(seconds=settings.KEEPWELL_UNDO_SECONDS) if undo_for is None else undo_for
    message = Message.objects.create(
        conversation=conversation,
        author_user_id=author_id,
        direction=Direction.OUT,
        state=MessageState.PENDING,
        channel=words.channel,
        body=words.body,
        about=stored(about),
        written_at=at,
        happened_at=at,
        release_at=at + undo_for,
    )
    attach(message, words.attachments)
    finish_draft(conversation, author_id, DraftKind.REPLY)
    _leave_after(message, undo_for)
    record(
        "message.written",
        by=by,
        at=at,
        subjects=subjects_of(message),
        facts={**message_facts(message), "release_at": (at + undo_for).isoformat()},
    )
    return message


def _leave_after(message: Message, undo_for: timedelta) -> None:
    if undo_for > AT_ONCE:
        # In the transaction of the message: there is no job without it, and no message without its job.
        microseconds = undo_for // timedelta(microseconds=1)
        release_message.configure(schedule_in={"microseconds": microseconds}).defer(message=message.pk)
