"""What the customer says is never lost, whatever became of his case."""

from __future__ import annotations

from datetime import timedelta

import pytest

from keepwell.cases.models import Case
from keepwell.cases.tests.elm_falls import (
    DAY,
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
from keepwell.cases.verbs.closing import close
from keepwell.cases.verbs.merging import merge
from keepwell.cases.verbs.receiving import customer_replies
from keepwell.cases.verbs.resolving import resolve
from keepwell.cases.verbs.snoozing import snooze
from keepwell.cases.verbs.spam import mark_spam
from keepwell.cases.verbs.waiting import schedule, wait_for_engineering
from keepwell.cases.verbs.withdrawing import withdraw
from keepwell.conversations.models import Message
from keepwell.people.permits import NotPermitted

WINDOW = 14 * DAY
SECOND = timedelta(seconds=1)


def bodies(case: Case) -> list[str]:
    messages = Message.objects.filter(conversation=case.conversation_id, direction="in").order_by("pk")
    return list(messages.values_list("body", flat=True))


def test_a_word_to_a_case_that_waits_for_it_opens_it_again(case, maria, dana):
    answer(case, maria, NINE + HOUR, intention="wait")
    assert write_again(case, dana, NINE + 2 * HOUR).state == "open"
    assert kinds(case)[-1] == "message.received"


@pytest.mark.parametrize(
    "put", [wait_for_engineering, lambda case, **known: schedule(case, NINE + DAY, **known)]
)
def test_a_word_to_a_case_that_waits_for_others_leaves_it_waiting(case, maria, dana, put):
    before = put(case, by=maria).state
    assert write_again(case, dana, NINE + 2 * HOUR).state == before


def test_a_word_wakes_a_case_that_was_put_off(case, maria, dana):
    snooze(case, NINE + DAY, by=maria)
    assert write_again(case, dana, NINE + HOUR).snoozed_until_at is None
    assert kinds(case)[-2:] == ["message.received", "case.woken"]


@pytest.mark.parametrize("is_closed", [False, True])
def test_within_the_window_a_word_reopens_the_case_until_its_last_second(case, maria, dana, is_closed):
    resolve(case, SOLVED, by=maria, at=NINE)
    if is_closed:
        close(case, by=dana, at=NINE + HOUR)
    again = write_again(case, dana, NINE + WINDOW)
    assert again.pk == case.pk
    assert again.state == "open"
    assert kinds(case)[-2:] == ["message.received", "case.reopened"]
    assert facts(case, "case.reopened")["message"] == Message.objects.latest("pk").pk


def test_after_the_window_a_word_begins_a_new_case_linked_to_the_old(case, maria, dana):
    resolve(case, SOLVED, by=maria, at=NINE)
    new = write_again(case, dana, NINE + WINDOW + SECOND, "Broken again")
    assert new.pk != case.pk
    assert new.follow_up_of_id == case.pk
    assert (new.subject, new.account, new.contact, new.state) == (
        case.subject,
        case.account,
        case.contact,
        "new",
    )
    assert bodies(new) == ["Broken again"]
    assert now(case).state == "resolved"
    assert facts(new, "case.opened")["follow_up_of"] == case.pk


def test_a_withdrawn_case_is_reopened_by_a_word_within_its_window(case, dana):
    withdraw(case, by=dana, at=NINE + HOUR)
    assert write_again(case, dana, NINE + DAY).state == "open"


def test_a_word_to_a_merged_case_goes_to_the_survivor(opened, maria, dana):
    case, survivor = opened(), opened()
    merge(case, survivor, by=maria)
    assert write_again(case, dana, NINE + HOUR, "And one more thing") == survivor
    assert bodies(survivor)[-1] == "And one more thing"


def test_a_word_to_a_merged_case_whose_survivor_ended_long_ago_begins_a_new_one(opened, maria, dana):
    case, survivor = opened(), opened()
    merge(case, survivor, by=maria)
    resolve(survivor, SOLVED, by=maria, at=NINE + HOUR)
    new = write_again(case, dana, NINE + WINDOW + DAY)
    assert new.follow_up_of_id == survivor.pk


def test_a_word_to_spam_is_kept_there_and_wakes_nothing(case, maria, dana):
    mark_spam(case, by=maria)
    again = write_again(case, dana, NINE + HOUR, "I am real")
    assert (again.pk, again.is_spam, again.state) == (case.pk, True, "new")
    assert bodies(case)[-1] == "I am real"


def test_the_new_case_is_that_of_whoever_wrote(case, maria, carl):
    resolve(case, SOLVED, by=maria, at=NINE)
    assert write_again(case, carl, NINE + WINDOW + DAY).contact == carl.contact


def test_staff_do_not_speak_in_the_customers_name(case, maria):
    with pytest.raises(NotPermitted):
        customer_replies(case, words(), by=maria)


def test_mail_taken_in_by_the_product_counts(case, maria):
    answer(case, maria, NINE + HOUR, intention="wait")
    assert customer_replies(case, words(channel="email"), by=SYSTEM, at=NINE + 2 * HOUR).state == "open"
