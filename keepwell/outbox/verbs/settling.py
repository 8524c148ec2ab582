"""What becomes of a mail after a try."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from django.db import transaction

from keepwell.journal.recording import record
from keepwell.outbox.backing_off import next_attempt_at
from keepwell.outbox.models import Outcome, Outgoing, State, Try
from keepwell.outbox.transports.answers import Answer
from keepwell.people.actors import System

log = structlog.get_logger("keepwell.outbox")

POSTMAN = System("outbox")
# A server that is away comes back: nobody should wait for hours because of the tries meanwhile.
UNREACHABLE_WAIT = timedelta(minutes=5)
# After an answer that was not heard the mail is sent once more, later, and then never again by itself.
UNKNOWN_WAIT = timedelta(minutes=30)


def settle(mail: Outgoing, answer: Answer, *, transport: str, at: datetime) -> None:
    """Writes the outcome of the try under way. Effects: mail.sent, mail.failed, or a later try."""
    Try.objects.filter(outgoing=mail, number=mail.attempts).update(
        ended_at=at, outcome=answer.outcome, reply=answer.reply
    )
    if answer.outcome is Outcome.ACCEPTED:
        _sent(mail, transport, at)
        return
    mail.last_error = answer.reply
    again_at = _again_at(mail, answer.outcome, at)
    mail.is_maybe_twice = mail.is_maybe_twice or answer.outcome is Outcome.UNKNOWN
    if again_at is None:
        fail(mail, reason=_reason(answer.outcome), at=at)
        return
    mail.state, mail.next_attempt_at = State.QUEUED, again_at
    mail.save()


def fail(mail: Outgoing, *, reason: str, at: datetime) -> None:
    """Nobody tries any more. Reason: refused, unknown, or expired. Effects: mail.failed."""
    mail.state, mail.held_for, mail.next_attempt_at = State.FAILED, "", None
    mail.save()
    _tell(mail, "mail.failed", {"reason": reason, "attempts": mail.attempts}, at)


def _sent(mail: Outgoing, transport: str, at: datetime) -> None:
    mail.state, mail.next_attempt_at, mail.last_error = State.SENT, None, ""
    mail.sent_at, mail.transport = at, transport
    mail.save()
    facts = {"transport": transport, "attempts": mail.attempts, "maybe_twice": mail.is_maybe_twice}
    _tell(mail, "mail.sent", facts, at)


def _again_at(mail: Outgoing, outcome: Outcome, at: datetime) -> datetime | None:
    until = mail.given_up_at
    if outcome is Outcome.REFUSED or (outcome is Outcome.UNKNOWN and mail.is_maybe_twice):
        return None
    if outcome is Outcome.UNKNOWN:
        # A code is of no use by then; whoever waits for it asks for another.
        return at + UNKNOWN_WAIT if at + UNKNOWN_WAIT < until else None
    attempts = mail.tries.filter(began_at__gte=mail.queued_at).count()
    again_at = next_attempt_at(max(attempts, 1), at, until)
    if again_at and outcome is Outcome.UNREACHABLE:
        return min(again_at, at + UNREACHABLE_WAIT)
    return again_at


def _reason(outcome: Outcome) -> str:
    return outcome.value if outcome in {Outcome.REFUSED, Outcome.UNKNOWN} else "expired"


def _tell(mail: Outgoing, kind: str, facts: dict[str, object], at: datetime) -> None:
    # The mail has left, whatever those who react to it do: were that undone, it would leave again.
    try:
        with transaction.atomic():
            record(kind, by=POSTMAN, at=at, subjects=mail.subjects, facts={"outgoing": mail.pk, **facts})
    except Exception:
        log.exception("mail_not_told", outgoing=mail.pk, kind=kind)
