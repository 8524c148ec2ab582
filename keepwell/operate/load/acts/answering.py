"""Words on a case: ours to the customer, his to us, and those among ourselves."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from keepwell.cases.states import ENDED_STATES, State, after_contact, after_customers_word
from keepwell.conversations.facts import message_facts
from keepwell.conversations.models import Channel, Direction, Message, MessageState, Note
from keepwell.imports.in_bulk.rows import made
from keepwell.imports.in_bulk.sheet import ActorRef
from keepwell.operate.demo.stories import Act
from keepwell.operate.load.acts.ending import reopen, resolve
from keepwell.operate.load.under_way import UnderWay

IN, OUT = Direction.IN.value, Direction.OUT.value
SENT, RECEIVED = MessageState.SENT.value, MessageState.RECEIVED.value
PORTAL = Channel.PORTAL.value


def reply(work: UnderWay, act: Act) -> None:
    by, at = work.staff(act.who), act.at
    message = _written(work, act, by)
    facts = message_facts(message)
    work.record(
        "message.written",
        by=by,
        at=at,
        cause=work.sheet.new_cause(),
        facts={**facts, "release_at": at.isoformat()},
    )
    cause = work.sheet.new_cause()
    work.record("message.sent", by=by, at=at, cause=cause, facts=facts)
    _note_word(work, OUT, at, after_contact(work.case.state))
    intention = act.given.get("intention")
    if intention == "wait":
        work.go(State.WAITING_ON_CUSTOMER, at)
        work.record("case.wait_began", by=by, at=at, cause=cause, facts={"message": message.id})
    elif intention == "resolve":
        resolve(work, act, by, message.id, cause)


def _written(work: UnderWay, act: Act, by: ActorRef) -> Message:
    return work.sheet.add(
        made(
            Message,
            id=work.sheet.ids.next_of(Message),
            conversation_id=work.case.conversation_id,
            author_user_id=by[1],
            direction=OUT,
            channel=PORTAL,
            state=SENT,
            body=act.given["words"],
            recipients=work.recipients,
            about=work.about,
            written_at=act.at,
            happened_at=act.at,
            release_at=act.at,
            sent_at=act.at,
        )
    )


def note(work: UnderWay, act: Act) -> None:
    note_down(work, act.given["words"], work.staff(act.who), act.at, work.sheet.new_cause())


def note_down(work: UnderWay, body: str, by: ActorRef, at: datetime, cause: bytes) -> None:
    note = work.sheet.ids.next_of(Note)
    work.sheet.add(
        made(
            Note,
            id=note,
            conversation_id=work.case.conversation_id,
            author_id=by[1],
            body=body,
            about=work.about,
            created_at=at,
        )
    )
    facts = {"note": note, "kind": "note"}
    work.record("note.added", by=by, at=at, cause=cause, facts=facts)


def customer_reply(work: UnderWay, act: Act) -> None:
    cause, has_ended = work.sheet.new_cause(), work.case.state in ENDED_STATES
    message = receive(work, act.given["words"], PORTAL, act.at, cause)
    if has_ended:
        reopen(work, act.at, message, cause)


def receive(work: UnderWay, body: str, channel: str, at: datetime, cause: bytes) -> int:
    contact, user = work.opener
    message = work.sheet.add(
        made(
            Message,
            id=work.sheet.ids.next_of(Message),
            conversation_id=work.case.conversation_id,
            author_user_id=user,
            author_contact_id=contact,
            direction=IN,
            channel=channel,
            state=RECEIVED,
            body=body,
            about=work.about,
            written_at=at,
            happened_at=at,
        )
    )
    facts, by = message_facts(message), work.customer_ref
    work.record("message.received", by=by, at=at, cause=cause, facts=facts)
    _note_word(work, IN, at, after_customers_word(work.case.state))
    return message.id


def _note_word(work: UnderWay, direction: str, at: datetime, state: State) -> None:
    columns: dict[str, Any] = {"last_message_at": at, "last_message_direction": direction}
    if state != work.case.state:
        columns |= {"state": state.value, "state_changed_at": at}
    work.write(at, **columns)
