"""The postman: hands over what is due, one mail at a time, the urgent ones first.

A mail is claimed in one transaction (its state says "being sent" from then on) and handed over in a second
one that holds its row. Whoever finds such a row that nobody holds knows that its postman died: whether the
server has the mail is unknown then, so it is sent once more under the same Message-ID and marked.
"""

from __future__ import annotations

import time
from datetime import datetime, timedelta

import structlog
from django.db import connection
from django.utils.translation import gettext as _

from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.outbox import transports
from keepwell.outbox.models import Outcome, Outgoing, Purpose, State, Try
from keepwell.outbox.transports.answers import Answer, Envelope, Session
from keepwell.outbox.verbs.choosing import next_mail
from keepwell.outbox.verbs.settling import settle

log = structlog.get_logger("keepwell.outbox")

# Long enough for a postman between his two transactions, and for an old machine.
CLAIM_HOLDS_FOR = timedelta(seconds=15)
# After the server could not be reached nobody knocks again at once.
KNOCKS_AGAIN_AFTER = timedelta(seconds=30)
ROUND_SECONDS = 45.0


def deliver_what_is_due(*, at: datetime | None = None) -> int:
    """Hands over what is due until nothing is, for at most 45 s; gives the number of tries.

    While another postman is at it this one goes home: whatever was committed before, that one will find.
    `at` is the instant for all of it (a test's); None: the clock.
    """
    tried = 0
    ends = time.monotonic() + ROUND_SECONDS
    with transports.session() as session:
        while time.monotonic() < ends:
            mail = claim(at=clock.instant(at))
            if mail is None:
                break
            hand_over(mail, session, at=at)
            tried += 1
    return tried


@all_or_nothing()
def claim(*, at: datetime) -> Outgoing | None:
    """The next mail, now marked as being sent; None if nothing may leave now or another one is being sent."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('keepwell outbox claim'))")
    if _is_being_sent(at) or _has_just_knocked(at):
        return None
    mail = next_mail(at=at, has_budgets=not transports.is_kept())
    if mail is None:
        return None
    mail.state, mail.held_for = State.SENDING, ""
    mail.attempts += 1
    mail.handed_over_at = at
    mail.save(update_fields=["state", "held_for", "attempts", "handed_over_at"])
    Try.objects.create(outgoing=mail, number=mail.attempts, began_at=at)
    return mail


@all_or_nothing()
def hand_over(claimed: Outgoing, session: Session, *, at: datetime | None = None) -> None:
    """Hands a claimed mail to the transport and writes what came of it."""
    mail = Outgoing.objects.select_for_update().get(pk=claimed.pk)
    if (mail.state, mail.attempts) != (State.SENDING, claimed.attempts):
        return
    answer = session.deliver(bytes(mail.raw), _envelope(mail))
    log.info("mail_tried", outgoing=mail.pk, outcome=answer.outcome.value, attempt=mail.attempts)
    settle(mail, answer, transport=session.transport, at=clock.instant(at))


def _envelope(mail: Outgoing) -> Envelope:
    return Envelope(
        sender=mail.return_path,
        recipient=mail.to_address,
        name=str(mail.pk),
        wants_no_bounce=mail.purpose != Purpose.REPLY,
    )


def _is_being_sent(at: datetime) -> bool:
    """Whether a postman is out. One who died is noticed here, and his mail settled as of unknown outcome."""
    sending = Outgoing.objects.filter(state=State.SENDING)
    abandoned = sending.filter(handed_over_at__lte=at - CLAIM_HOLDS_FOR)
    for mail in abandoned.select_for_update(skip_locked=True):
        answer = Answer.of(Outcome.UNKNOWN, _("the worker ended before it heard an answer"))
        settle(mail, answer, transport="", at=at)
    return sending.exists()


def _has_just_knocked(at: datetime) -> bool:
    lately = Try.objects.filter(outcome=Outcome.UNREACHABLE, ended_at__gt=at - KNOCKS_AGAIN_AFTER)
    return lately.filter(ended_at__lte=at).exists()
