"""A mail that waits beside a side thread is let in by somebody of ours."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.channels.email.aside.evidence import Sender
from keepwell.channels.email.aside.finding import FoundAside, find_aside
from keepwell.channels.email.aside.verbs.placing import join_aside
from keepwell.channels.email.findings import Read
from keepwell.channels.email.outcome import Outcome
from keepwell.channels.email.refusals import NotWaiting, OurOwn
from keepwell.channels.email.settling import settle
from keepwell.channels.email.understanding.evidence import Proof
from keepwell.channels.email.understanding.finding import our_own
from keepwell.channels.email.verbs.passing_on import note_of_forwarder
from keepwell.channels.email.verbs.reading import read_mail
from keepwell.channels.models import InboundMail, MailState
from keepwell.journal.recording import Actor, caused_by, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.people import permits

RELEASED = "aside_released"


def release_aside(mail: InboundMail, *, by: Actor, at: datetime | None = None) -> InboundMail:
    """The mail becomes a message of the side thread that it names, and of nothing else.

    It is read once more, for its files were not kept apart from it. Its writer is shown as not confirmed
    unless he was asked and is proven. What one of us wrote above a mail that he forwards is his note.
    Effects: inbound_mail.released, side_message.received; note.added. Errors: NotPermitted; NotWaiting, also
    for one that names no side thread any more; OurOwn.
    """
    permits.require(by, "triage.place")
    _require_waiting(mail)
    return _let_in(mail, read_mail(mail.raw), by=by, at=clock.instant(at))


@all_or_nothing()
def _let_in(mail: InboundMail, read: Read, *, by: Actor, at: datetime) -> InboundMail:
    lock(mail)
    _require_waiting(mail)
    before, found = mail.state, _found(mail, read)
    is_unconfirmed = found.evidence.party is None or found.evidence.author_proof is not Proof.PASSED
    with caused_by():
        message = join_aside(mail, read, found, is_unconfirmed, at=at)
        if found.evidence.proof is Proof.PASSED:
            note_of_forwarder(found.thread.case, read, found.evidence.forwarder, at=at)
        outcome = Outcome(
            state=MailState.PLACED,
            decision=RELEASED,
            why=_("%(why)s One of us let it in.") % {"why": mail.why},
            case=found.thread.case,
            side_thread=found.thread,
            side_message=message,
            contact=found.evidence.contact,
            proof=found.evidence.author_proof,
            original=found.original,
        )
        settle(mail, read, outcome, at)
        about = [("inbound_mail", mail.pk), ("case", found.thread.case_id)]
        record("inbound_mail.released", by=by, at=at, subjects=about, facts={"was": str(before)})
    return mail


def _found(mail: InboundMail, read: Read) -> FoundAside:
    """What it names, as of now; the keys that sealed it may be gone, and then nobody can tell any more."""
    found = find_aside(read.said, our_own(), itself=mail.pk) if read.said else None
    if found is None or found.thread.pk != mail.side_thread_id:
        raise NotWaiting
    if found.evidence.sender is Sender.STAFF:
        raise OurOwn
    return found


def _require_waiting(mail: InboundMail) -> None:
    if not mail.is_waiting or mail.side_thread_id is None or mail.raw.forgotten_at is not None:
        raise NotWaiting
