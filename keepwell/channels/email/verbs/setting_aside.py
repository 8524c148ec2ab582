"""A mail waits for somebody to look, or is put aside because no person wrote it. Nothing is deleted."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.cases.changing import subjects_of
from keepwell.cases.models import Case
from keepwell.channels.email.outcome import Outcome
from keepwell.channels.email.understanding.bounces import Returned
from keepwell.channels.email.understanding.deciding import Decision
from keepwell.channels.email.understanding.evidence import Action, Kind
from keepwell.channels.email.understanding.keys import seal_keys
from keepwell.channels.email.understanding.signing import Ticket, read_message_id
from keepwell.channels.models import MailState
from keepwell.conversations.delivery import mails_carrying
from keepwell.conversations.models import Message
from keepwell.conversations.verbs.failing import fail
from keepwell.conversations.verbs.participating import suggest_writer
from keepwell.customers.models import ContactAddress
from keepwell.customers.verbs.addressing import mark_bounced
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.outbox.models import Outgoing
from keepwell.people.actors import System

BY = System("email")


@all_or_nothing()
def hold(decision: Decision, *, at: datetime | None = None) -> Outcome:
    """It waits, beside its conversation where it has one; customers see nothing of it.

    Effects: participant.added, a suggestion, where its sender is known and proven.
    """
    case = _case(decision.conversation)
    if decision.action is Action.SUGGEST and case is not None:
        about, who = subjects_of(case), decision.evidence.contact
        suggest_writer(case.conversation, who, about=about, by=BY, at=clock.instant(at))
    return Outcome(state=MailState.HELD, decision=decision.action, why=decision.why, case=case)


@all_or_nothing()
def hold_echo(acknowledged: Outgoing, *, at: datetime | None = None) -> Outcome:
    """What came right after our acknowledgement to its sender, and names no mail of ours, opens nothing.

    Machines answer like that, and two of them would open cases without end. A person who wrote twice is let
    in by whoever looks.
    """
    case = Case.objects.filter(pk__in=[pk for noun, pk in acknowledged.about if noun == "case"]).first()
    why = _(
        "It needs attention: it came within minutes of our acknowledgement to its sender, as machines "
        "answer, and refers to nothing that we know."
    )
    return Outcome(state=MailState.HELD, decision=Action.HOLD, why=why, case=case)


@all_or_nothing()
def park(decision: Decision, returned: Returned | None, *, at: datetime | None = None) -> Outcome:
    """It answers nothing and opens nothing. What came back for good marks the address and the message.

    Effects: address.bounced, message.failed.
    """
    at, case = clock.instant(at), _case(decision.conversation)
    ticket = returned.failed.ticket if returned and returned.failed else None
    if returned and returned.failed and ticket:
        case = case or _case(ticket.conversation)
        if returned.kind is Kind.BOUNCE_HARD:
            for message in Message.objects.filter(pk__in=[returned.failed.message]):
                _came_back(message, ticket, at)
    return Outcome(state=MailState.PARKED, decision=decision.evidence.kind, why=decision.why, case=case)


def _came_back(message: Message, ticket: Ticket, at: datetime) -> None:
    """The address that this message was sent to, and the message if it went to nobody else."""
    sent = [mail.to_address for mail in mails_carrying(message).defer("raw") if _is_to(mail, ticket)]
    for address in ContactAddress.objects.filter(email__in=sent):
        mark_bounced(address, by=BY, at=at)
    if [ticket.recipient] == list(message.recipients):
        fail(message, by=BY, at=at)


def _is_to(mail: Outgoing, ticket: Ticket) -> bool:
    claim = read_message_id(mail.message_id, seal_keys())
    return claim is not None and claim.ticket == ticket


def _case(conversation: int | None) -> Case | None:
    """The case that this conversation is of, or the one it was merged into."""
    found = Case.objects.filter(conversation__in=[conversation]).select_related("merged_into").first()
    return (found.merged_into or found) if found else None
