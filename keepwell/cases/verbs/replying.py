"""Answering the customer, and what is to follow once the answer has left."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from keepwell.cases.changing import subjects_of
from keepwell.cases.locking import lock_for, require_allowed
from keepwell.cases.models import Case, Intention
from keepwell.cases.refusals import CaseHasChanged
from keepwell.cases.resolution import Resolution
from keepwell.cases.states import State
from keepwell.cases.words import IntendedAct
from keepwell.conversations.models import Conversation, Message
from keepwell.conversations.seeing import messages_after
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
    `seen_through` is the last message the writer has read, None does not ask. `undo_for` is the time to
    take it back, None: that of the installation.
    """

    words: Words
    intention: str | None = None
    resolution: Resolution = field(default_factory=Resolution)
    seen_through: int | None = None
    undo_for: timedelta | None = None


@all_or_nothing()
def reply(
    case: Case, written: Reply, *, seen: int | None = None, by: Actor, at: datetime | None = None
) -> Message:
    """The answer leaves when the time to take it back is over, and the intention is carried out with it.

    Taken back, the intention goes too. If the customer writes in between, the intention is dropped and
    an entry says so. Effects: message.written; later message.sent, then case.wait_began or case.resolved.
    Errors: CaseHasChanged where somebody else wrote since, NotNow, NotPermitted, what writing refuses.
    """
    locked = lock_for("reply", case, permit="case.reply", by=by, seen=seen)
    _require_read(locked, written.seen_through, by)
    if written.intention:
        _require_intended(IntendedAct(written.intention), locked, by)
    conversation: Conversation = locked.conversation
    message = write(
        conversation, written.words, undo_for=written.undo_for, about=subjects_of(locked), by=by, at=at
    )
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


def _require_read(case: Case, seen_through: int | None, by: Any) -> None:
    if seen_through is None or by.actor_ref[0] != "person":
        return
    newer = list(messages_after(case.conversation, seen_through, but_of=by))
    if newer:
        raise CaseHasChanged(case, messages=newer)
