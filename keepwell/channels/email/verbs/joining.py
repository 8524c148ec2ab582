"""A mail becomes a message of a conversation."""

from __future__ import annotations

from datetime import datetime

from keepwell.cases.models import Case
from keepwell.cases.verbs.receiving import customer_replies
from keepwell.channels.email.findings import Read
from keepwell.channels.email.outcome import Outcome
from keepwell.channels.email.understanding.deciding import Decision
from keepwell.channels.email.writing_down import words_of
from keepwell.channels.models import InboundMail, MailState
from keepwell.conversations.models import Message
from keepwell.customers.models import Contact
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing


@all_or_nothing()
def join(mail: InboundMail, read: Read, decision: Decision, *, at: datetime | None = None) -> Outcome:
    """The customer replies by mail, as if he had written on the page of his case.

    To a case that ended too long ago it is a new one that takes it up again. Effects: those of the reply.
    """
    at = clock.instant(at)
    contact = Contact.objects.get(pk__in=[decision.contact])
    case = Case.objects.get(conversation__in=[decision.conversation])
    words = words_of(mail, read, at)
    standing = customer_replies(case, words, by=contact, at=mail.raw.received_at)
    written = Message.objects.filter(conversation=standing.conversation_id, author_contact=contact)
    return Outcome(
        state=MailState.PLACED,
        decision=decision.action,
        why=decision.why,
        case=standing,
        message=written.latest("pk"),
    )
