"""A letter leaves as a mail."""

from __future__ import annotations

from datetime import datetime

from keepwell.channels.email.correspondence import Under
from keepwell.channels.email.verbs.posting import mail_words
from keepwell.conversations.models import Message
from keepwell.journal.recording import Actor
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.success.letters.letter import way_to_end
from keepwell.success.letters.models import Correspondence


@all_or_nothing()
def post(message: Message, begun: Correspondence, *, by: Actor, at: datetime) -> None:
    """Its contact gets it; one that went to several says how to end that. Effects: mail.queued, or
    message.failed where no mail reaches him.
    """
    ending = way_to_end(begun.contact) if begun.is_to_many else ""
    under = Under(subject=begun.subject, account=begun.account, ending=ending)
    mail_words(message, under, by=by, at=at)
