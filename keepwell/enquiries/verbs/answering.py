"""Both sides write on about an enquiry."""

from __future__ import annotations

from datetime import datetime

from keepwell.conversations.models import Message
from keepwell.conversations.verbs.receiving import receive
from keepwell.conversations.verbs.writing import write
from keepwell.conversations.words import Words
from keepwell.enquiries.about import subjects_of
from keepwell.enquiries.models import Enquiry, State
from keepwell.enquiries.verbs.settling import HANDLES, take
from keepwell.journal.recording import caused_by
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.people import permits
from keepwell.people.models import User


@all_or_nothing()
def answer(enquiry: Enquiry, words: Words, *, by: User, at: datetime | None = None) -> Message:
    """The customer reads it in the portal and gets it by mail; a new one is in the writer's hand from then.

    Also one that is settled may be answered: somebody may still ask what came of it. Effects: enquiry.taken
    for a new one, message.written, later message.sent. Errors: NotYourFile, NotPermitted.
    """
    permits.require(by, HANDLES)
    at = clock.instant(at)
    with caused_by():
        if enquiry.state == State.NEW:
            take(enquiry, by, by=by, at=at)
        return write(enquiry.conversation, words, about=subjects_of(enquiry), by=by, at=at)


@all_or_nothing()
def write_on(enquiry: Enquiry, words: Words, *, by: User, at: datetime | None = None) -> Message:
    """The customer says more about what he asked for. Effects: message.received. Errors: NotYourFile."""
    permits.require(by, "enquiry.ask")
    return receive(enquiry.conversation, words, about=subjects_of(enquiry), by=by, at=clock.instant(at))
