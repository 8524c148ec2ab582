"""Answering, and what follows once the answer has left."""

from __future__ import annotations

from datetime import timedelta

import pytest

from keepwell.cases.models import Closure, Intention
from keepwell.cases.refusals import CaseHasChanged, NotNow
from keepwell.cases.tests.elm_falls import (
    HOUR,
    NINE,
    SOLVED,
    SYSTEM,
    answer,
    facts,
    kinds,
    now,
    words,
    write_again,
)
from keepwell.cases.verbs.replying import Reply, reply
from keepwell.cases.verbs.resolving import resolve
from keepwell.cases.verbs.waiting import take_back, wait_for_customer
from keepwell.conversations.models import Message
from keepwell.conversations.verbs.failing import fail
from keepwell.conversations.verbs.releasing import release
from keepwell.conversations.verbs.undoing import undo
from keepwell.conversations.verbs.writing import write
from keepwell.journal.models import Entry
from keepwell.people.permits import NotPermitted

TEN_SECONDS = timedelta(seconds=10)


def written(case, by, **more) -> Message:
    return reply(case, Reply(words=words("Look here"), undo_for=TEN_SECONDS, **more), by=by, at=NINE + HOUR)


def test_until_it_has_left_an_answer_changes_nothing(case, maria):
    written(case, maria, intention="resolve", resolution=SOLVED)
    assert (now(case).state, now(case).version) == (case.state, case.version)


def test_the_answer_opens_a_new_case_when_it_leaves(case, maria):
    message = written(case, maria)
    release(message, at=NINE + HOUR + TEN_SECONDS)
    assert now(case).state == "open"
    assert now(case).state_changed_at == NINE + HOUR + TEN_SECONDS
    assert now(case).last_message_direction == "out"


def test_reply_and_wait_waits_from_the_moment_the_answer_left(case, maria):
    message = answer(case, maria, NINE + HOUR, undo_for=TEN_SECONDS, intention="wait")
    assert now(case).state == "waiting_on_customer"
    began = Entry.objects.about("case", case.pk).get(kind="case.wait_began")
    assert began.occurred_at == NINE + HOUR + TEN_SECONDS
    assert began.facts == {"message": message.pk}
    assert began.actor_ref == maria.actor_ref


def test_reply_and_resolve_is_a_contact_then_a_resolution_in_one_second_and_one_cause(case, maria):
    message = answer(case, maria, NINE + HOUR, intention="resolve", resolution=SOLVED)
    sent, resolved = Entry.objects.about("case", case.pk).filter(kind__in=["message.sent", "case.resolved"])
    assert (sent.kind, resolved.kind) == ("message.sent", "case.resolved")
    assert sent.occurred_at == resolved.occurred_at
    assert sent.cause == resolved.cause
    assert resolved.facts["message"] == message.pk
    closure = Closure.objects.get(case=case)
    assert (closure.how, closure.root_cause, closure.ended_by) == ("corrected", SOLVED.root_cause, maria)
    assert not Intention.objects.exists()


def test_an_answer_taken_back_takes_its_intention_with_it(case, maria):
    message = written(case, maria, intention="resolve")
    undo(message, by=maria, at=NINE + HOUR)
    assert not Intention.objects.exists()
    assert not release(message, at=NINE + 2 * HOUR)
    assert now(case).state == "new"


def test_if_a_colleague_resolves_in_the_meantime_waiting_is_dropped_and_told(case, maria, lea):
    message = reply(case, Reply(words=words(), intention="wait", undo_for=TEN_SECONDS), by=maria, at=NINE)
    resolve(now(case), SOLVED, by=lea, at=NINE + TEN_SECONDS / 2)
    release(message, at=NINE + TEN_SECONDS)
    assert now(case).state == "resolved"
    assert facts(case, "case.intention_dropped") == {"verb": "wait", "message": message.pk}


def test_what_is_so_already_needs_no_word(case, maria):
    first, second = (
        reply(now(case), Reply(words=words(), intention="wait", undo_for=TEN_SECONDS), by=maria, at=NINE)
        for _number in range(2)
    )
    for message in (first, second):
        release(message, at=NINE + TEN_SECONDS)
    assert now(case).state == "waiting_on_customer"
    assert "case.intention_dropped" not in kinds(case)


def test_if_the_customer_writes_in_the_meantime_the_intention_is_dropped_and_told(case, maria, dana):
    message = written(case, maria, intention="resolve")
    write_again(case, dana, NINE + HOUR)
    release(message, at=NINE + HOUR + TEN_SECONDS)
    assert now(case).state == "open"
    assert facts(case, "case.intention_dropped") == {"verb": "resolve", "message": message.pk}


def test_an_intention_that_somebody_else_overtook_is_not_carried_out_twice(case, maria, theo):
    message = written(case, maria, intention="resolve")
    resolve(case, SOLVED, by=theo, at=NINE + HOUR)
    release(message, at=NINE + HOUR + TEN_SECONDS)
    assert kinds(case).count("case.resolved") == 1
    assert kinds(case)[-1] == "message.sent"


def test_what_the_product_writes_by_itself_is_no_answer(case):
    message = write(
        case.conversation, words("We have it."), undo_for=timedelta(0), about=[("case", case.pk)], by=SYSTEM
    )
    release(message, at=NINE + HOUR)
    assert (now(case).state, now(case).version) == ("new", case.version)


def test_an_answer_that_failed_makes_whoever_read_the_case_look_again(case, maria):
    message = answer(case, maria, NINE + HOUR, intention="resolve", resolution=SOLVED)
    read = now(case)
    fail(message, at=NINE + 2 * HOUR)
    assert now(case).version == read.version + 1
    assert now(case).state == "resolved"


def test_a_question_that_failed_is_waited_for_no_more(case, maria):
    message = answer(case, maria, NINE + HOUR, intention="wait")
    fail(message, at=NINE + 2 * HOUR)
    assert (now(case).state, now(case).state_changed_at) == ("open", NINE + 2 * HOUR)
    failed, back = Entry.objects.about("case", case.pk).filter(kind__in=["message.failed", "case.taken_back"])
    assert (failed.kind, back.kind) == ("message.failed", "case.taken_back")
    assert (back.cause, back.actor_ref) == (failed.cause, ("system.outbox", None))
    assert back.facts == {"from_state": "waiting_on_customer", "message": message.pk}


def test_a_wait_that_another_answer_began_outlasts_one_that_failed(case, maria):
    first = answer(case, maria, NINE + HOUR)
    answer(case, maria, NINE + 2 * HOUR, intention="wait")
    fail(first, at=NINE + 3 * HOUR)
    assert now(case).state == "waiting_on_customer"


def test_a_wait_that_somebody_began_by_hand_outlasts_an_answer_that_failed(case, maria):
    message = answer(case, maria, NINE + HOUR, intention="wait")
    take_back(now(case), by=maria, at=NINE + 2 * HOUR)
    wait_for_customer(now(case), by=maria, at=NINE + 3 * HOUR)
    fail(message, at=NINE + 4 * HOUR)
    assert now(case).state == "waiting_on_customer"


def test_a_question_that_failed_after_the_customer_wrote_changes_nothing(case, maria, dana):
    message = answer(case, maria, NINE + HOUR, intention="wait")
    write_again(case, dana, NINE + 2 * HOUR)
    fail(message, at=NINE + 3 * HOUR)
    assert now(case).state == "open"
    assert "case.taken_back" not in kinds(case)


def test_a_second_answer_is_held_up_by_one_that_its_writer_has_not_read(case, maria, theo, dana):
    first = Message.objects.get(conversation=case.conversation_id)
    theirs = written(case, theo)
    with pytest.raises(CaseHasChanged) as held:
        written(case, maria, seen_through=first.pk)
    assert list(held.value.messages) == [theirs]
    assert Message.objects.filter(author_user=maria).count() == 0
    assert written(case, maria, seen_through=theirs.pk)


def test_ones_own_answer_just_written_holds_up_nothing(case, maria):
    first = Message.objects.get(conversation=case.conversation_id)
    written(case, maria)
    assert written(case, maria, seen_through=first.pk)


def test_a_case_that_is_resolved_cannot_be_resolved_by_an_answer(case, maria):
    resolve(case, SOLVED, by=maria, at=NINE + HOUR)
    with pytest.raises(NotNow):
        written(case, maria, intention="resolve")
    assert written(case, maria)


def test_who_may_answer_but_not_resolve_cannot_do_it_by_an_answer(case, sam):
    with pytest.raises(NotPermitted):
        written(case, sam, intention="resolve")
    assert written(case, sam)


def test_an_engineer_answers_no_customer(case, ines):
    with pytest.raises(NotPermitted):
        written(case, ines)
