"""A mail that waits because it answers words of ours which serve no case is let in by somebody of ours."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.channels.email.findings import Read
from keepwell.channels.email.outcome import Outcome
from keepwell.channels.email.refusals import NobodyThere, NotWaiting, OurOwn
from keepwell.channels.email.settling import settle
from keepwell.channels.email.understanding.finding import our_own, who_wrote
from keepwell.channels.email.verbs.corresponding import HELD, join_conversation, meant_by
from keepwell.channels.email.verbs.reading import read_mail
from keepwell.channels.models import InboundMail
from keepwell.journal.recording import Actor, caused_by, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.people import permits

RELEASED = "answer_released"


def release_answer(mail: InboundMail, *, by: Actor, at: datetime | None = None) -> InboundMail:
    """The mail becomes a message among the words that it answers; no case begins.

    It is read once more, for its files were not kept apart from it. Its author is whom its From line names:
    whoever we wrote to, or somebody else of that account. Effects: inbound_mail.released, message.received.
    Errors: NotPermitted; NotWaiting, also where the keys that sealed it are gone; OurOwn; NobodyThere.
    """
    permits.require(by, "triage.place")
    _require_waiting(mail)
    return _let_in(mail, read_mail(mail.raw), by=by, at=clock.instant(at))


@all_or_nothing()
def _let_in(mail: InboundMail, read: Read, *, by: Actor, at: datetime) -> InboundMail:
    lock(mail)
    _require_waiting(mail)
    before = mail.state
    with caused_by():
        outcome = _outcome(mail, read, at)
        settle(mail, read, outcome, at)
        about = [("inbound_mail", mail.pk), ("contact", outcome.contact or 0)]
        record("inbound_mail.released", by=by, at=at, subjects=about, facts={"was": str(before)})
    return mail


def _outcome(mail: InboundMail, read: Read, at: datetime) -> Outcome:
    meant = meant_by(read.said, our_own()) if read.said else None
    if read.said is None or meant is None:
        raise NotWaiting
    who = who_wrote(read.said)
    if who.user is not None:
        raise OurOwn
    if who.contact is None or not meant.may_be_by(who.contact):
        raise NobodyThere
    why = _("%(why)s One of us let it in.") % {"why": mail.why}
    outcome = join_conversation(mail, read, meant.conversation, by=who.contact, at=at)
    return replace(outcome, decision=RELEASED, why=why.strip(), proof=mail.proof)


def _require_waiting(mail: InboundMail) -> None:
    if not mail.is_waiting or mail.decision != HELD or mail.raw.forgotten_at is not None:
        raise NotWaiting
