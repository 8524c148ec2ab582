"""A mail that names a side thread finds its place there, beside it, or aside."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from keepwell.channels.email.aside.deciding import Decision, decide
from keepwell.channels.email.aside.evidence import Action
from keepwell.channels.email.aside.finding import FoundAside
from keepwell.channels.email.findings import Read
from keepwell.channels.email.outcome import Outcome
from keepwell.channels.email.parsed import Party
from keepwell.channels.email.understanding.evidence import Kind
from keepwell.channels.email.writing_down import words_of
from keepwell.channels.models import InboundMail, MailState
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.people.actors import System
from keepwell.side_threads.heard import Heard
from keepwell.side_threads.models import Delivery, SideMessage, SideParty, SideThread
from keepwell.side_threads.verbs.failing import fail
from keepwell.side_threads.verbs.receiving import receive

BY = System("email")
JOINING = (Action.JOIN, Action.UNCONFIRMED)


@all_or_nothing()
def place_aside(
    mail: InboundMail, read: Read, found: FoundAside, *, at: datetime | None = None
) -> Outcome | None:
    """What was decided is done; None where the mail is no answer to a side thread after all.

    Effects: side_message.received where it joins; side_message.failed where one of ours came back for good.
    """
    at, decision = clock.instant(at), decide(found.evidence)
    if decision.action is Action.ELSEWHERE:
        return None
    if decision.action in JOINING:
        message = join_aside(mail, read, found, decision.action is Action.UNCONFIRMED, at=at)
        return replace(_outcome(decision, found), state=MailState.PLACED, side_message=message)
    if decision.action is Action.PARK:
        _note_what_came_back(found, at)
        return replace(_outcome(decision, found), state=MailState.PARKED, decision=decision.evidence.kind)
    outcome = _outcome(decision, found)
    # A customer's mail stands beside the case alone: let in, it is his word there.
    return replace(outcome, side_thread=None) if decision.action is Action.BESIDE_CASE else outcome


@all_or_nothing()
def join_aside(
    mail: InboundMail,
    read: Read,
    found: FoundAside,
    is_unconfirmed: bool,
    *,
    at: datetime | None = None,
) -> SideMessage:
    """The words and files of the mail as a message of the side thread. Effects: side_message.received."""
    within = read.passed_on(found.original)
    author = (within.said.author if within.said else None) or Party(address="")
    heard = Heard(
        words=words_of(mail, within, clock.instant(at)),
        party=SideParty.objects.filter(pk=found.evidence.party).first() if found.evidence.party else None,
        address=author.address,
        name=author.name,
        is_unconfirmed=is_unconfirmed,
    )
    thread: SideThread = found.thread
    return receive(thread, heard, by=BY, at=mail.raw.received_at)


def _outcome(decision: Decision, found: FoundAside) -> Outcome:
    evidence = decision.evidence
    return Outcome(
        state=MailState.HELD,
        decision=decision.code,
        why=decision.why,
        case=found.thread.case,
        side_thread=found.thread,
        contact=evidence.contact,
        proof=evidence.author_proof,
        original=found.original,
    )


def _note_what_came_back(found: FoundAside, at: datetime) -> None:
    """The message shows whom it did not reach."""
    returned = found.returned
    claim = returned.failed_aside if returned else None
    if returned is None or returned.kind is not Kind.BOUNCE_HARD or claim is None or claim.ticket is None:
        return
    rows = Delivery.objects.filter(message=claim.message, party=claim.ticket.party)
    for delivery in rows.select_related("message__thread__case"):
        fail(delivery, by=BY, at=at)
