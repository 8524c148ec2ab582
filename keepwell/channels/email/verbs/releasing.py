"""A mail that waits, or was put aside, is let in by somebody of ours."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.cases.models import Case
from keepwell.channels.email.findings import Read
from keepwell.channels.email.outcome import Outcome
from keepwell.channels.email.refusals import AnswersAside, NotWaiting, OurOwn
from keepwell.channels.email.settling import settle
from keepwell.channels.email.understanding.deciding import Decision, opening
from keepwell.channels.email.understanding.evidence import Action, Evidence, Kind, Proof, Sender
from keepwell.channels.email.understanding.finding import Found, find
from keepwell.channels.email.verbs.joining import join
from keepwell.channels.email.verbs.opening import open_by_mail, open_for_unreadable, sender_of
from keepwell.channels.email.verbs.passing_on import note_of_forwarder
from keepwell.channels.email.verbs.reading import read_mail
from keepwell.channels.models import InboundMail
from keepwell.journal.recording import Actor, caused_by, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.people import permits

RELEASED = "released"


def release(
    mail: InboundMail, case: Case | None = None, *, by: Actor, at: datetime | None = None
) -> InboundMail:
    """The mail becomes a message of this case, or begins one where none is named.

    It is read once more, for its files were not kept apart from it. Its author is whom its From line names,
    or that of the mail which one of us passes on by it; nobody takes part by it: a newcomer is suggested. A
    new case is verified only if the mail was proven. Effects: inbound_mail.released, and those of the case.
    Errors: NotPermitted, NotWaiting, OurOwn; AnswersAside for one that names a side thread.
    """
    permits.require(by, "triage.place")
    _require_waiting(mail)
    return _let_in(mail, read_mail(mail.raw), case, by=by, at=clock.instant(at))


@all_or_nothing()
def _let_in(mail: InboundMail, read: Read, case: Case | None, *, by: Actor, at: datetime) -> InboundMail:
    lock(mail)
    _require_waiting(mail)
    before = mail.state
    with caused_by():
        outcome = _outcome(mail, read, case, at)
        settle(mail, read, outcome, at)
        about = [("inbound_mail", mail.pk), *([("case", mail.case_id)] if mail.case_id else [])]
        record("inbound_mail.released", by=by, at=at, subjects=about, facts={"was": str(before)})
    return mail


def _outcome(mail: InboundMail, read: Read, case: Case | None, at: datetime) -> Outcome:
    found = find(read.said, itself=mail.pk) if read.said else Found(evidence=Evidence())
    evidence, within = found.evidence, read.passed_on(found.original)
    if evidence.sender is Sender.STAFF or evidence.kind is Kind.OWN_MAIL:
        raise OurOwn
    why = _("%(why)s One of us let it in.") % {"why": mail.why}
    outcome = _joined(mail, within, case, evidence, at) if case else _begun(mail, within, evidence, at)
    if outcome.case is not None and evidence.proof is Proof.PASSED:
        note_of_forwarder(outcome.case, read, found.evidence.forwarder, at=at)
    writer = outcome.message.author_contact_id if outcome.message else None
    return replace(
        outcome,
        decision=RELEASED,
        why=why.strip(),
        contact=writer,
        proof=evidence.author_proof,
        original=found.original,
    )


def _joined(mail: InboundMail, read: Read, case: Case, evidence: Evidence, at: datetime) -> Outcome:
    writer, place = sender_of(mail, read.said, at=at), case.conversation_id
    decision = Decision(action=Action.JOIN, evidence=evidence, conversation=place, contact=writer.pk)
    return join(mail, read, decision, at=at)


def _begun(mail: InboundMail, read: Read, evidence: Evidence, at: datetime) -> Outcome:
    if read.said is None:
        return open_for_unreadable(mail, read, at=at)
    return open_by_mail(mail, read, opening(Action.OPEN_TRIAGE, evidence), at=at)


def _require_waiting(mail: InboundMail) -> None:
    if not mail.is_waiting or mail.raw.forgotten_at is not None:
        raise NotWaiting
    if mail.side_thread_id is not None:
        raise AnswersAside
