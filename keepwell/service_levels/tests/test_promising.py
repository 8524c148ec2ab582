"""An update that staff promised stands beside the clocks and is kept by the next contact."""

import pytest

from keepwell.cases.verbs.replying import Reply, reply
from keepwell.conversations.verbs.releasing import release
from keepwell.conversations.verbs.undoing import undo
from keepwell.conversations.words import Words
from keepwell.service_levels.models import PromisedUpdate, Standing
from keepwell.service_levels.passing import fire_what_is_due
from keepwell.service_levels.queries import promised_update_of, worklist
from keepwell.service_levels.tests.conftest import at
from keepwell.service_levels.verbs.promising import PromiseRefused, promise_update

pytestmark = pytest.mark.django_db


def test_the_promised_moment_comes_before_the_clock_in_the_list(opened, answered, maria):
    case = opened("high", "9 12:00")
    answered(case, "9 13:00")
    promise_update(case, at("9 17:00"), by=maria, at=at("9 13:01"))
    standing = Standing.objects.get(case=case)
    assert (standing.next_due_at, standing.next_metric) == (at("9 17:00"), "update")


@pytest.mark.parametrize(("answer_at", "was_kept"), [("9 17:00", True), ("9 17:01", False)])
def test_the_next_contact_ends_it_kept_or_not(opened, answered, maria, answer_at, was_kept):
    case = opened("high", "9 12:00")
    answered(case, "9 13:00")
    promise_update(case, at("9 17:00"), by=maria, at=at("9 13:01"))
    answered(case, answer_at)
    assert PromisedUpdate.objects.get().was_kept is was_kept
    assert promised_update_of(case) is None


def test_a_later_promise_replaces_the_earlier(opened, maria):
    case = opened("high", "9 12:00")
    promise_update(case, at("9 14:00"), by=maria, at=at("9 12:01"))
    promise_update(case, at("9 15:00"), by=maria, at=at("9 12:02"))
    assert promised_update_of(case).due_at == at("9 15:00")


def test_a_moment_that_has_passed_cannot_be_promised(opened, maria):
    case = opened("high", "9 12:00")
    with pytest.raises(PromiseRefused):
        promise_update(case, at("9 12:00"), by=maria, at=at("9 12:01"))


def test_the_list_of_work_begins_with_what_is_due_first(opened, answered, maria):
    low, high, waiting = opened("low", "9 12:00"), opened("high", "9 12:00"), opened("high", "9 12:00")
    answered(waiting, "9 12:30", intention="wait")
    assert list(worklist(maria)) == [high, low, waiting]


def test_a_missed_resolution_does_not_stand_before_what_can_still_be_kept(opened, answered):
    case = opened("high", "9 12:00")
    answered(case, "10 11:00")
    fire_what_is_due(at=at("10 12:01"))
    standing = Standing.objects.get(case=case)
    assert (standing.next_metric, standing.next_due_at) == ("follow_up", at("10 23:00"))


def test_a_late_contact_stands_first_because_somebody_waits(opened):
    case = opened("high", "9 12:00")
    fire_what_is_due(at=at("9 18:01"))
    assert Standing.objects.get(case=case).next_metric == "initial_contact"


def test_an_answer_that_promises_does_not_keep_its_own_promise(opened, maria):
    case = opened("high", "9 12:00")
    promise_update(case, at("9 17:00"), by=maria, at=at("9 13:00"))
    message = reply(case, Reply(words=Words(body="By five we know more.")), by=maria, at=at("9 13:00"))
    release(message, at=at("9 13:01"))
    assert promised_update_of(case).due_at == at("9 17:00")


def test_an_answer_taken_back_takes_its_promise_along(opened, maria):
    case = opened("high", "9 12:00")
    promise_update(case, at("9 17:00"), by=maria, at=at("9 13:00"))
    message = reply(case, Reply(words=Words(body="By five we know more.")), by=maria, at=at("9 13:00"))
    undo(message, by=maria, at=at("9 13:00"))
    assert promised_update_of(case) is None
    assert Standing.objects.get(case=case).next_metric != "update"


def test_an_answer_that_resolves_ends_every_promise(opened, maria):
    case = opened("high", "9 12:00")
    promise_update(case, at("9 17:00"), by=maria, at=at("9 13:00"))
    written = Reply(words=Words(body="It works again."), intention="resolve")
    release(reply(case, written, by=maria, at=at("9 13:00")), at=at("9 13:01"))
    assert PromisedUpdate.objects.get().was_kept is True
