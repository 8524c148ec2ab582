"""Taking what the customer says."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from keepwell.conversations.about import stored, subjects_of
from keepwell.conversations.attaching import attach, require_own
from keepwell.conversations.authors import customer_author
from keepwell.conversations.drafts import finish_draft
from keepwell.conversations.facts import message_facts
from keepwell.conversations.models import Conversation, Direction, DraftKind, Message, MessageState
from keepwell.conversations.verbs.participating import suggest_writer
from keepwell.conversations.words import Words
from keepwell.customers.models import Contact
from keepwell.journal.recording import Actor, Subject, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.people import permits


@all_or_nothing()
def receive(
    conversation: Conversation,
    words: Words,
    *,
    about: Iterable[Subject] = (),
    by: Actor,
    at: datetime | None = None,
) -> Message:
    """The customer's words are kept, whatever becomes of them; his own draft of them is done with.

    `by` is the contact, or the customer who is signed in. Somebody who did not take part so far is
    suggested as a participant. `at` is when it came in. Effects: message.received. Errors: NotYourFile.
    """
    at, about = clock.instant(at), list(about)
    message = _kept(conversation, words, about=about, by=by, at=at)
    finish_draft(conversation, message.author_user_id, DraftKind.REPLY)
    suggest_writer(conversation, message.author_contact_id, about=about, by=by, at=at)
    _record(message, by=by, at=at)
    return message


@all_or_nothing()
def receive_first(
    conversation: Conversation,
    words: Words,
    *,
    opener: Contact,
    about: Iterable[Subject] = (),
    by: Actor,
    at: datetime | None = None,
) -> Message:
    """The words that a conversation was started with in this very change: no draft of them stands in it.

    Effects: message.received. Errors: NotYourFile.
    """
    at, about = clock.instant(at), list(about)
    message = _kept(conversation, words, about=about, by=by, at=at, likely=opener)
    if message.author_contact_id != opener.pk:
        suggest_writer(conversation, message.author_contact_id, about=about, by=by, at=at)
    _record(message, by=by, at=at)
    return message


def _kept(
    conversation: Conversation,
    words: Words,
    *,
    about: Iterable[Subject],
    by: Actor,
    at: datetime,
    likely: Contact | None = None,
) -> Message:
    permits.require(by, "case.reply")
    require_own(words.attachments, by)
    message = Message.objects.create(
        conversation=conversation,
        direction=Direction.IN,
        state=MessageState.RECEIVED,
        channel=words.channel,
        body=words.body,
        about=stored(about),
        written_at=at,
        happened_at=at,
        **customer_author(by, likely),
    )
    attach(message, words.attachments)
    return message


def _record(message: Message, *, by: Actor, at: datetime) -> None:
    record("message.received", by=by, at=at, subjects=subjects_of(message), facts=message_facts(message))
