"""Words that were said on another way and are entered by hand afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.conversations.about import stored, subjects_of
from keepwell.conversations.attaching import attach, require_own
from keepwell.conversations.authors import staff_author
from keepwell.conversations.facts import message_facts
from keepwell.conversations.models import Conversation, Direction, Message, MessageState
from keepwell.conversations.words import Words
from keepwell.journal.recording import Actor, Subject, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.refusals import Refused
from keepwell.people import permits


class NotYetHappened(Refused):
    """What is entered afterwards lies in the past."""

    def __init__(self) -> None:
        super().__init__(_("That time is still to come. Enter when it happened. Nothing was saved."))


@all_or_nothing()
def enter_later(
    conversation: Conversation,
    words: Words,
    *,
    happened_at: datetime,
    about: Iterable[Subject] = (),
    by: Actor,
    at: datetime | None = None,
) -> Message:
    """What staff told the customer at `happened_at`, such as in a call, written down at `at`.

    The customer reads it at its place in the line of time; every figure marks it as entered later. How
    far back it may lie is for the caller to say. Effects: message.sent, which happened at `happened_at`.
    Errors: NotYetHappened, NotYourFile.
    """
    permits.require(by, "case.reply")
    author_id = staff_author(by)
    require_own(words.attachments, by)
    at, happened_at = clock.instant(at), clock.instant(happened_at)
    if happened_at > at:
        raise NotYetHappened
    message = Message.objects.create(
        conversation=conversation,
        author_user_id=author_id,
        direction=Direction.OUT,
        state=MessageState.SENT,
        channel=words.channel,
        body=words.body,
        about=stored(about),
        written_at=at,
        happened_at=happened_at,
        sent_at=happened_at,
        entered_later=True,
    )
    attach(message, words.attachments)
    record("message.sent", by=by, at=happened_at, subjects=subjects_of(message), facts=message_facts(message))
    return message
