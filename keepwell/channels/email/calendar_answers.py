"""Answers to invitations that calendars send by mail: whoever invites takes them.

A slice that sends invitations registers what takes the answers to them:

    @answers_taken_by
    def take(answer, contact): whether it was one of its own
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.channels.email.outcome import Outcome
from keepwell.channels.email.parsed import ParsedMail
from keepwell.channels.email.understanding.authenticity import authenticity
from keepwell.channels.email.understanding.evidence import Proof
from keepwell.channels.email.understanding.finding import who_wrote
from keepwell.channels.models import InboundMail, MailState
from keepwell.customers.models import Contact

DECISION = "calendar_answer"
NOT_BELIEVED = frozenset({Proof.FAILED, Proof.FORGED})


@dataclass(frozen=True, kw_only=True)
class CalendarAnswer:
    """What somebody's calendar says of one invitation. `uid` is the invitation's, `answer` a PARTSTAT.

    `address` is whose answer it is, and the From line of the mail has it; `sequence` is that of the
    invitation, None where it does not say.
    """

    uid: str
    address: str
    answer: str
    sequence: int | None
    came_at: datetime


# The answer, and whose address it is; None for an address of nobody, or of one of ours.
Taker = Callable[[CalendarAnswer, Contact | None], bool]

_takers: list[Taker] = []


def answers_taken_by(taker: Taker) -> Taker:
    """Registers what takes answers; it runs in the change that places the mail."""
    _takers.append(taker)
    return taker


def taken(mail: InboundMail, said: ParsedMail, trusted: Collection[str]) -> Outcome | None:
    """What became of a mail that answers an invitation of ours; None for any other.

    Whose answer it is stands in the calendar file, and in the From line the same: nobody answers for another.
    A mail that its host says is forged answers nothing, and is looked at as any other.
    """
    who = who_wrote(said)
    own = [one for one in said.calendar_replies if one.address.lower() == who.address.lower()]
    proof = authenticity(said, trusted).proof
    if not own or proof in NOT_BELIEVED:
        return None
    answers = [
        CalendarAnswer(
            uid=one.uid,
            address=one.address,
            answer=one.answer,
            sequence=one.sequence,
            came_at=mail.raw.received_at,
        )
        for one in own
    ]
    if not any(taker(answer, who.contact) for answer in answers for taker in _takers):
        return None
    return Outcome(
        state=MailState.PARKED,
        decision=DECISION,
        why=_("A calendar answered an invitation; who comes is noted there."),
        contact=who.contact.pk if who.contact else None,
        proof=proof,
    )
