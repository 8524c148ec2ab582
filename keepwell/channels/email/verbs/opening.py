"""A mail begins a case."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.cases.details import LONGEST_SUBJECT
from keepwell.cases.models import Case
from keepwell.cases.new_case import NewCase
from keepwell.cases.verbs.opening import open_case
from keepwell.cases.verbs.placing import confirm_sender
from keepwell.cases.verbs.receiving import customer_replies
from keepwell.channels.email.findings import Read
from keepwell.channels.email.outcome import Outcome
from keepwell.channels.email.parsed import ParsedMail, Party
from keepwell.channels.email.understanding.deciding import Decision
from keepwell.channels.email.writing_down import words_of
from keepwell.channels.models import InboundMail, MailState
from keepwell.conversations.models import Message
from keepwell.customers.models import Account, Contact, ContactAddress
from keepwell.customers.reaching import is_well_formed
from keepwell.customers.verbs.adding import add_contact, known_or_added
from keepwell.customers.verbs.addressing import confirm_address
from keepwell.customers.verbs.changing import place_contact
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.asking import Question
from keepwell.people.actors import System

BY = System("email")
UNREADABLE = "unreadable"
SAID = Question(lambda conversation: Message.objects.filter(conversation=conversation).order_by("pk"))


@all_or_nothing()
def open_by_mail(mail: InboundMail, read: Read, decision: Decision, *, at: datetime | None = None) -> Outcome:
    """A new case of whoever wrote it. Its sender is verified only if the mail was proven.

    A newcomer whom everything speaks for is put to his account, and his address counts as his: mail goes
    there. A sign-in follows from none of it. Effects: case.opened and what follows, in the sender's name;
    perhaps contact.added, contact.placed, address.confirmed, case.sender_confirmed.
    """
    at = clock.instant(at)
    contact = sender_of(mail, read.said, at=at)
    if decision.hint and decision.hint.is_linked and contact.account_id is None:
        place_contact(contact, Account.objects.get(pk=decision.hint.account), by=BY, at=at)
    case = open_case(_new_case(mail, read, contact, at), by=contact, at=mail.raw.received_at)
    if decision.is_verified:
        case = _believed(case, contact, read.said, at)
    return Outcome(
        state=MailState.PLACED,
        decision=decision.action,
        why=decision.why,
        case=case,
        message=_first_message(case),
    )


@all_or_nothing()
def open_for_unreadable(mail: InboundMail, read: Read, *, at: datetime | None = None) -> Outcome:
    """A mail that could not be read is a case that staff see, with its original. Effects: case.opened."""
    at = clock.instant(at)
    contact = sender_of(mail, read.said, at=at)
    case = open_case(_new_case(mail, read, contact, at), by=contact, at=mail.raw.received_at)
    return Outcome(
        state=MailState.UNPARSED,
        decision=UNREADABLE,
        why=read.why_not,
        case=case,
        message=_first_message(case),
    )


@all_or_nothing()
def add_what_was_read(mail: InboundMail, read: Read, *, at: datetime | None = None) -> Outcome:
    """A mail that could not be read was read at last: its words go to the case that it opened.

    Its author there stays whoever that case is of. Effects: those of the reply; none if it still is not read.
    """
    assert mail.message is not None
    writer, case = mail.message.author_contact, mail.case
    outcome = Outcome(state=MailState.UNPARSED, decision=UNREADABLE, why=read.why_not, case=case)
    if read.said is None or writer is None or case is None:
        return replace(outcome, message=mail.message)
    standing = customer_replies(case, words_of(mail, read, clock.instant(at)), by=writer, at=at)
    why = _("It could not be read at first, and stands in the case that it opened.")
    message = Message.objects.filter(conversation=standing.conversation_id, author_contact=writer).latest(
        "pk"
    )
    return replace(outcome, state=MailState.PLACED, why=why, case=standing, message=message)


def _believed(case: Case, contact: Contact, said: ParsedMail | None, at: datetime) -> Case:
    author = said.author.address if said and said.author else ""
    for address in ContactAddress.objects.filter(contact=contact, email__iexact=author):
        confirm_address(address, by=BY, at=at)
    return confirm_sender(case, by=BY, at=at)


def _new_case(mail: InboundMail, read: Read, contact: Contact, at: datetime) -> NewCase:
    subject = read.said.subject if read.said else _("A mail that could not be read")
    return NewCase(
        subject=subject.strip()[:LONGEST_SUBJECT] or _("(no subject)"),
        contact=contact,
        words=words_of(mail, read, at),
    )


def _first_message(case: Case) -> Message | None:
    return next(iter(SAID.objects(case.conversation_id)), None)


def sender_of(mail: InboundMail, said: ParsedMail | None, *, at: datetime) -> Contact:
    """Whom the mail names as its writer, else who handed it in, else somebody without an address."""
    author = (said.author if said else None) or Party(address="")
    address = next(filter(is_well_formed, (author.address, mail.raw.envelope_sender)), "")
    if address:
        found = known_or_added(author.name, email=address, by=BY, at=at).contact
        return found.merged_into or found
    return add_contact(author.name or _("Unknown sender"), by=BY, at=at)
