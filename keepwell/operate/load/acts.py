"""What each act of a story leaves behind: rows and entries as the verb of that name writes them.

A test plays the same stories through the verbs and holds the two against each other.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from keepwell.cases.models import Case, Closure, Escalation, LevelStay, SeverityChange
from keepwell.cases.ownership import owner_after
from keepwell.cases.states import ENDED_STATES, State, after_contact, after_customers_word
from keepwell.cases.words import HandOffState, How, OpenedBy
from keepwell.conversations.facts import message_facts
from keepwell.conversations.models import (
    Channel,
    Conversation,
    Direction,
    Message,
    MessageState,
    Note,
    Participant,
    PartRole,
    Serves,
)
from keepwell.journal.recording import Subject
from keepwell.operate.demo.stories import Act, Story
from keepwell.operate.load.rows import ActorRef, UnderWay

BY_ITSELF: ActorRef = ("system.cases", None)


class StoryEnds(Exception):
    """What comes next belongs to another case."""


def play_story(work: UnderWay, story: Story, ends_at: datetime) -> None:
    """The whole story, and what the product does by itself until `ends_at`."""
    for act in story.acts:
        _close_what_stayed_solved(work, act.at)
        try:
            PLAYERS[act.what](work, act)
        except StoryEnds:
            break
    _close_what_stayed_solved(work, ends_at)


def _close_what_stayed_solved(work: UnderWay, until_at: datetime) -> None:
    case = work.case
    if case.state != State.RESOLVED.value or case.reopenable_until_at is None:
        return
    # The job that closes runs every ten minutes.
    at = case.reopenable_until_at + timedelta(seconds=work.chance.randrange(1, 600))
    if at < until_at:
        work.go(State.CLOSED, at, closed_at=at)
        work.record("case.closed", by=BY_ITSELF, at=at, cause=work.new_cause())


def _open(work: UnderWay, act: Act) -> None:
    given, cause = act.given, work.new_cause()
    by = work.staff(act.who) if given["way"] == "phone" else work.customer_ref
    conversation = _start(work, by, act.at, cause)
    work.case = work.add(_new_case(work, act, conversation))
    _enter(work, act.at)
    work.record("case.opened", by=by, at=act.at, cause=cause, facts=_opened(work.case))
    if given["way"] == "phone":
        _note_down(work, given["words"], by, act.at, cause)
    else:
        _receive(work, given["words"], given["way"], act.at, cause)


def _start(work: UnderWay, by: ActorRef, at: datetime, cause: uuid.UUID) -> Conversation:
    contact, account = work.opener[0], work.customer.account
    conversation = work.add(
        Conversation(
            pk=work.ids.next_of(Conversation), serves=Serves.CASE.value, account_id=account, created_at=at
        )
    )
    work.add(
        Participant(
            conversation_id=conversation.pk,
            contact_id=contact,
            role=PartRole.OPENER.value,
            added_at=at,
            confirmed_at=at,
        )
    )
    work.record(
        "conversation.started",
        by=by,
        at=at,
        cause=cause,
        subjects=[("conversation", conversation.pk), ("account", account), ("contact", contact)],
        facts={"serves": Serves.CASE.value, "private": False, "opener": contact, "opener_proven": True},
    )
    return conversation


def _new_case(work: UnderWay, act: Act, conversation: Conversation) -> Case:
    given, at = act.given, act.at
    deployment, product = work.customer.deployments[given["product"]]
    return Case(
        pk=work.ids.next_of(Case),
        number=work.ids.next_case_number(),
        conversation_id=conversation.pk,
        subject=given["subject"],
        situation=given["situation"],
        severity=given["severity"],
        state=(State.OPEN if given["is_live"] else State.NEW).value,
        account_id=work.customer.account,
        contact_id=work.opener[0],
        product_id=product,
        deployment_id=deployment,
        channel=Channel(given["way"]).value,
        opened_by=OpenedBy.CUSTOMER.value,
        live=given["is_live"],
        opened_at=at,
        state_changed_at=at,
        changed_at=at,
        version=1,
    )


def _opened(case: Case) -> dict[str, Any]:
    return {
        "severity": case.severity,
        "opened_by": case.opened_by,
        "live": case.live,
        "channel": case.channel,
        "unverified": False,
        "private": False,
        "account": case.account_id,
        "follow_up_of": None,
    }


def _assign(work: UnderWay, act: Act) -> None:
    case, to = work.case, work.places.staff[act.given["to"]]
    if case.assignee_id == to:
        return
    owner = owner_after(owner=case.owner_id, assignee=case.assignee_id, to=to)
    facts = {"from_assignee": case.assignee_id, "assignee": to, "owner": owner, "team": case.team_id}
    work.write(act.at, assignee_id=to, owner_id=owner)
    work.record("case.assigned", by=work.staff(act.who), at=act.at, cause=work.new_cause(), facts=facts)


def _reply(work: UnderWay, act: Act) -> None:
    by, at = work.staff(act.who), act.at
    message = _written(work, act, by)
    about = _about(work)
    facts = message_facts(message)
    work.record(
        "message.written",
        by=by,
        at=at,
        cause=work.new_cause(),
        subjects=about,
        facts={**facts, "release_at": at.isoformat()},
    )
    cause = work.new_cause()
    work.record("message.sent", by=by, at=at, cause=cause, subjects=about, facts=facts)
    _note_word(work, Direction.OUT, at, after_contact(work.case.state))
    if act.given.get("intention") == "wait":
        work.go(State.WAITING_ON_CUSTOMER, at)
        work.record("case.wait_began", by=by, at=at, cause=cause, facts={"message": message.pk})
    elif act.given.get("intention") == "resolve":
        _resolve(work, act, by, message.pk, cause)


def _written(work: UnderWay, act: Act, by: ActorRef) -> Message:
    return work.add(
        Message(
            pk=work.ids.next_of(Message),
            conversation_id=work.case.conversation_id,
            author_user_id=by[1],
            direction=Direction.OUT.value,
            channel=Channel.PORTAL.value,
            state=MessageState.SENT.value,
            body=act.given["words"],
            recipients=[work.opener[0]],
            about=_pairs(work),
            written_at=act.at,
            happened_at=act.at,
            release_at=act.at,
            sent_at=act.at,
        )
    )


def _resolve(work: UnderWay, act: Act, by: ActorRef, message: int, cause: uuid.UUID) -> None:
    at, given = act.at, act.given
    _end_work(work, at)
    work.add(
        Closure(
            case_id=work.case.pk,
            how=given["how"],
            root_cause=given["cause"].strip(),
            ended_by_id=by[1],
            ended_at=at,
        )
    )
    until_at = at + work.window_for(work.customer.account, at)
    work.go(State.RESOLVED, at, resolved_at=at, reopenable_until_at=until_at, snoozed_until_at=None)
    facts = {"how": given["how"], "message": message, "reopenable_until": until_at}
    work.record("case.resolved", by=by, at=at, cause=cause, facts=facts)


def _note(work: UnderWay, act: Act) -> None:
    _note_down(work, act.given["words"], work.staff(act.who), act.at, work.new_cause())


def _note_down(work: UnderWay, body: str, by: ActorRef, at: datetime, cause: uuid.UUID) -> None:
    note = work.add(
        Note(
            pk=work.ids.next_of(Note),
            conversation_id=work.case.conversation_id,
            author_id=by[1],
            body=body,
            about=_pairs(work),
            created_at=at,
        )
    )
    facts = {"note": note.pk, "kind": "note"}
    work.record("note.added", by=by, at=at, cause=cause, subjects=_about(work), facts=facts)


def _customer_reply(work: UnderWay, act: Act) -> None:
    case, cause = work.case, work.new_cause()
    has_ended = case.state in ENDED_STATES
    if has_ended and (case.reopenable_until_at is None or act.at > case.reopenable_until_at):
        raise StoryEnds
    message = _receive(work, act.given["words"], "portal", act.at, cause)
    if has_ended:
        _reopen(work, act.at, message.pk, cause)


def _receive(work: UnderWay, body: str, channel: str, at: datetime, cause: uuid.UUID) -> Message:
    contact, user = work.opener
    message = work.add(
        Message(
            pk=work.ids.next_of(Message),
            conversation_id=work.case.conversation_id,
            author_user_id=user,
            author_contact_id=contact,
            direction=Direction.IN.value,
            channel=Channel(channel).value,
            state=MessageState.RECEIVED.value,
            body=body,
            about=_pairs(work),
            written_at=at,
            happened_at=at,
        )
    )
    facts = message_facts(message)
    by = work.customer_ref
    work.record("message.received", by=by, at=at, cause=cause, subjects=_about(work), facts=facts)
    _note_word(work, Direction.IN, at, after_customers_word(work.case.state))
    return message


def _reopen(work: UnderWay, at: datetime, message: int, cause: uuid.UUID) -> None:
    from_state = work.case.state
    work.last(Closure).reopened_at = at
    _enter(work, at)
    work.go(State.OPEN, at)
    facts = {"from_state": from_state, "message": message}
    work.record("case.reopened", by=work.customer_ref, at=at, cause=cause, facts=facts)


def _severity(work: UnderWay, act: Act) -> None:
    case, at, by = work.case, act.at, work.staff(act.who)
    correction, severity = act.given["correction"], act.given["severity"]
    work.add(
        SeverityChange(
            case_id=case.pk,
            from_severity=case.severity,
            to_severity=severity,
            is_correction=correction,
            reason="Chosen by mistake in the form" if correction else "",
            changed_by_id=by[1],
            changed_at=at,
        )
    )
    facts = {"from_severity": case.severity, "to_severity": severity, "correction": correction}
    work.write(at, severity=severity)
    work.record("case.severity_changed", by=by, at=at, cause=work.new_cause(), facts=facts)


def _escalate(work: UnderWay, act: Act) -> None:
    case, by, level = work.case, work.staff(act.who), act.given["level"]
    asked = work.add(
        Escalation(
            pk=work.ids.next_of(Escalation),
            case_id=case.pk,
            from_level=case.level,
            from_team_id=case.team_id,
            from_assignee_id=case.assignee_id or by[1],
            to_level=level,
            to_team_id=work.places.teams[level],
            known=act.given["known"].strip(),
            tried=act.given["tried"].strip(),
            needed=act.given["needed"].strip(),
            state=HandOffState.REQUESTED.value,
            requested_by_id=by[1],
            requested_at=act.at,
        )
    )
    facts = {
        "escalation": asked.pk,
        "from_level": asked.from_level,
        "to_level": asked.to_level,
        "from_team": asked.from_team_id,
        "to_team": asked.to_team_id,
    }
    work.write(act.at, owner_id=case.owner_id or by[1], assignee_id=case.assignee_id or by[1])
    work.record("case.escalated", by=by, at=act.at, cause=work.new_cause(), facts=facts)


def _accept(work: UnderWay, act: Act) -> None:
    case, by, asked = work.case, work.staff(act.who), work.last(Escalation)
    asked.state, asked.accepted_by_id, asked.accepted_at = HandOffState.ACCEPTED.value, by[1], act.at
    if (case.level, case.team_id) != (asked.to_level, asked.to_team_id):
        _leave(work, act.at)
        case.level, case.team_id = asked.to_level, asked.to_team_id
        _enter(work, act.at)
    work.write(act.at, assignee_id=by[1], owner_id=case.owner_id or by[1])
    _record_place(work, "case.escalation_accepted", asked, by, act.at)


def _return(work: UnderWay, act: Act) -> None:
    by, asked = work.staff(act.who), work.last(Escalation)
    asked.state, asked.return_reason = HandOffState.RETURNED.value, act.given["reason"]
    asked.ended_by_id, asked.ended_at = by[1], act.at
    work.write(act.at)
    _record_place(work, "case.escalation_returned", asked, by, act.at)


def _record_place(work: UnderWay, kind: str, asked: Escalation, by: ActorRef, at: datetime) -> None:
    case = work.case
    facts = {
        "escalation": asked.pk,
        "level": case.level,
        "team": case.team_id,
        "assignee": case.assignee_id,
    }
    work.record(kind, by=by, at=at, cause=work.new_cause(), facts=facts)


def _withdraw(work: UnderWay, act: Act) -> None:
    at = act.at
    _end_work(work, at)
    work.add(Closure(case_id=work.case.pk, how=How.WITHDRAWN.value, ended_at=at))
    until_at = at + work.window_for(work.customer.account, at)
    work.go(State.CLOSED, at, closed_at=at, reopenable_until_at=until_at, snoozed_until_at=None)
    facts = {"reopenable_until": until_at}
    work.record("case.withdrawn", by=work.customer_ref, at=at, cause=work.new_cause(), facts=facts)


def _note_word(work: UnderWay, direction: Direction, at: datetime, state: State) -> None:
    columns: dict[str, Any] = {"last_message_at": at, "last_message_direction": direction.value}
    if state.value != work.case.state:
        columns |= {"state": state.value, "state_changed_at": at}
    work.write(at, **columns)


def _enter(work: UnderWay, at: datetime) -> None:
    case = work.case
    work.add(LevelStay(case_id=case.pk, level=case.level, team_id=case.team_id, entered_at=at))


def _leave(work: UnderWay, at: datetime) -> None:
    work.last(LevelStay).left_at = at


def _end_work(work: UnderWay, at: datetime) -> None:
    _leave(work, at)
    for asked in work.rows[Escalation]:
        if asked.state == HandOffState.REQUESTED.value:
            asked.state, asked.ended_at = HandOffState.LAPSED.value, at


def _about(work: UnderWay) -> list[Subject]:
    case = work.case
    return [("case", case.pk), ("account", work.customer.account), ("conversation", case.conversation_id)]


def _pairs(work: UnderWay) -> list[list[str | int]]:
    return [["case", work.case.pk], ["account", work.customer.account]]


PLAYERS: dict[str, Callable[[UnderWay, Act], None]] = {
    "open": _open,
    "assign": _assign,
    "reply": _reply,
    "note": _note,
    "customer_reply": _customer_reply,
    "severity": _severity,
    "escalate": _escalate,
    "accept": _accept,
    "return": _return,
    "withdraw": _withdraw,
}
