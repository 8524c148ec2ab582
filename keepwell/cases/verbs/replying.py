"""Answering the customer, and what is to follow once the answer has left."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from keepwell.cases.changing import subjects_of
from keepwell.cases.locking import lock_for, person_id, require_allowed
from keepwell.cases.models import Case, Intention
from keepwell.cases.refusals import CaseHasChanged
from keepwell.cases.resolution import Resolution
from keepwell.cases.states import State
from keepwell.cases.words import IntendedAct
from keepwell.conversations.copying import CopyTo
from keepwell.conversations.drafts import finish_draft
from keepwell.conversations.models import Conversation, DraftKind, Message
from keepwell.conversations.saying_again import said_already
from keepwell.conversations.seeing import messages_after
from keepwell.conversations.verbs.copying import add_copies
from keepwell.conversations.verbs.writing import write
from keepwell.conversations.words import Words
from keepwell.journal.recording import Actor
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.people import permits

PERMITS = {IntendedAct.WAIT: "case.wait", IntendedAct.RESOLVE: "case.resolve"}
ACTS = {IntendedAct.WAIT: "wait_for_customer", IntendedAct.RESOLVE: "resolve"}


@dataclass(frozen=True, kw_only=True)
class Reply:
    """An answer and what is to follow it.

    `intention`: "wait" or "resolve" once it has left; None: nothing. `resolution` goes with "resolve".
    `copies` are who gets it by mail besides those who take part. `seen_through` is the last message the
    writer has read, None does not ask. `undo_for` is the time to take it back, None: that of the
    installation.
    """

    words: Words
    copies: tuple[CopyTo, ...] = ()
    intention: str | None = None
    resolution: Resolution = field(default_factory=Resolution)
    seen_through: int | None = None
    undo_for: timedelta | None = None


@all_or_nothing()
def reply(
    case: Case, written: Reply, *, seen: int | None = None, by: Actor, at: datetime | None = None
) -> Message:
    """The answer leaves when the time to take it back is over, and the intention is carried out with it.

    Taken back, the intention goes too. If the customer writes in between, or the case no longer stands
    so, the intention is dropped and an entry says so. Sent twice from one page, it is one answer.
    Effects: message.written; later message.sent, then case.wait_began or case.resolved.
    Errors: CaseHasChanged where somebody else wrote since, NotNow, NotPermitted, what writing refuses.
    """
    locked = lock_for("reply", case, permit="case.reply", by=by, seen=seen)
    newer = _newer(locked, written.seen_through, by)
    if sent := said_already(written.words, (message for message in newer if _is_own(message, by))):
        finish_draft(locked.conversation, person_id(by), DraftKind.REPLY)
        return sent
    if newer := [message for message in newer if not _is_own(message, by)]:
        raise CaseHasChanged(locked, messages=newer)
    if written.intention:
        _require_intended(IntendedAct(written.intention), locked, by)
    # It is one and the same for ever, and whoever found the case has it at hand.
    conversation: Conversation = case.conversation
    message = write(
        conversation, written.words, undo_for=written.undo_for, about=subjects_of(locked), by=by, at=at
    )
    if written.copies:
        add_copies(message, written.copies, by=by, at=at)
    _intend(written, locked, message)
    return message


def _intend(written: Reply, case: Case, message: Message) -> None:
    if written.intention is None:
        return
    arguments = written.resolution.as_arguments() if written.intention == IntendedAct.RESOLVE else {}
    Intention.objects.create(
        message=message, case=case, verb=IntendedAct(written.intention), arguments=arguments
    )


def _require_intended(act: IntendedAct, case: Case, by: Actor) -> None:
    permits.require(by, PERMITS[act])
    # The answer itself opens a new case, so that it may wait afterwards.
    if case.state != State.NEW or act != IntendedAct.WAIT:
        require_allowed(ACTS[act], case)


def _newer(case: Case, seen_through: int | None, by: Any) -> list[Message]:
    """What was said since the writer looked, by himself too."""
    if seen_through is None or by.actor_ref[0] != "person":
        return []
    return list(messages_after(case.conversation, seen_through))


def _is_own(message: Message, by: Any) -> bool:
    return message.author_user_id == by.actor_ref[1]
