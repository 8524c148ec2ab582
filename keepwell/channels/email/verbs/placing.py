"""A mail finds its place: in a conversation or side thread, in a new case, beside one of them, or aside."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.conf import settings

from keepwell.channels.email.aside.finding import find_aside
from keepwell.channels.email.aside.verbs.placing import place_aside
from keepwell.channels.email.calendar_answers import taken
from keepwell.channels.email.findings import Read
from keepwell.channels.email.outcome import Outcome
from keepwell.channels.email.settling import settle
from keepwell.channels.email.understanding.deciding import OPENING, Decision, decide
from keepwell.channels.email.understanding.evidence import Action
from keepwell.channels.email.understanding.finding import Found, find, our_own
from keepwell.channels.email.verbs.acknowledging import acknowledge, acknowledged_just_before
from keepwell.channels.email.verbs.corresponding import correspond
from keepwell.channels.email.verbs.joining import join
from keepwell.channels.email.verbs.opening import (
    add_what_was_read,
    open_by_mail,
    open_for_unreadable,
)
from keepwell.channels.email.verbs.passing_on import note_of_forwarder
from keepwell.channels.email.verbs.setting_aside import hold, hold_echo, park
from keepwell.channels.models import InboundMail, MailState
from keepwell.journal.recording import caused_by, record
from keepwell.kit import clock, faults
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.people.actors import System

BY = System("email")
ENTRIES = {
    MailState.PLACED: "inbound_mail.placed",
    MailState.UNPARSED: "inbound_mail.unparsed",
    MailState.HELD: "inbound_mail.held",
    MailState.PARKED: "inbound_mail.parked",
}


@all_or_nothing()
def place_mail(mail: InboundMail, read: Read, *, at: datetime | None = None) -> InboundMail:
    """What was decided about the mail is done, and the mail says why. One that was not read opens a case.

    A mail that has its place already keeps it; one that is read at last adds its words there. Effects:
    inbound_mail.placed, .held, .parked or .unparsed, and those of the case.
    """
    raw = mail.raw
    lock(mail)
    # It is never changed, and large: once it was read it is not read again.
    mail.raw = raw
    if mail.state != MailState.RECEIVED:
        return mail
    at = clock.instant(at)
    with caused_by():
        outcome = _outcome(mail, read, at)
        faults.hit("place.opened")
        settle(mail, read, outcome, at)
        _tell(mail, at)
        if outcome.may_be_acknowledged:
            acknowledge(mail, by=BY, at=at)
    faults.hit("place.written")
    return mail


def _outcome(mail: InboundMail, read: Read, at: datetime) -> Outcome:
    if mail.message is not None:
        return add_what_was_read(mail, read, at=at)
    return _understood(mail, read, at) if read.said else open_for_unreadable(mail, read, at=at)


def _understood(mail: InboundMail, read: Read, at: datetime) -> Outcome:
    assert read.said is not None
    if read.said.calendar_replies and (
        answered := taken(mail, read.said, settings.KEEPWELL_MAIL_TRUSTED_HOSTS)
    ):
        return answered
    own = our_own()
    aside = find_aside(read.said, own, itself=mail.pk)
    if aside is not None and (placed := place_aside(mail, read, aside, at=at)):
        return placed
    if corresponded := correspond(mail, read, own, at=at):
        return corresponded
    found = find(read.said, itself=mail.pk, own=own)
    decision = decide(found.evidence)
    opens = decision.action in OPENING
    if opens and (acknowledged := acknowledged_just_before(read.said, at=at)):
        outcome = hold_echo(acknowledged, at=at)
    else:
        outcome = _carried_out(decision, found, mail, read.passed_on(found.original), at)
        if outcome.message is not None and outcome.case is not None:
            note_of_forwarder(outcome.case, read, found.evidence.forwarder, at=at)
        outcome = replace(outcome, may_be_acknowledged=opens and decision.may_be_answered)
    evidence = found.evidence
    return replace(outcome, contact=evidence.contact, proof=evidence.author_proof, original=found.original)


def _carried_out(decision: Decision, found: Found, mail: InboundMail, read: Read, at: datetime) -> Outcome:
    if decision.action is Action.PARK:
        return park(decision, found.returned, at=at)
    if decision.action is Action.JOIN and decision.contact is not None:
        return join(mail, read, decision, at=at)
    if decision.action in (Action.OPEN_KNOWN, Action.OPEN_TRIAGE):
        return open_by_mail(mail, read, decision, at=at)
    return hold(decision, at=at)


def _tell(mail: InboundMail, at: datetime) -> None:
    about = [("inbound_mail", mail.pk), *([("case", mail.case_id)] if mail.case_id else [])]
    record(ENTRIES[MailState(mail.state)], by=BY, at=at, subjects=about, facts={"decision": mail.decision})
