"""Every act from every state: the table of the product, said a second time by hand."""

from __future__ import annotations

import pytest

from keepwell.cases.states import (
    AFTER,
    ALLOWED,
    ENDED_STATES,
    OPEN_STATES,
    State,
    after_contact,
    after_customers_word,
    is_allowed,
)

# new, open, waiting on customer, waiting on engineering, scheduled, resolved, closed
TABLE = {
    "receive": "yes yes yes yes yes yes yes",
    "reply": "yes yes yes yes yes yes yes",
    "note": "yes yes yes yes yes yes yes",
    "place": "yes yes yes yes yes yes yes",
    "mark_spam": "yes yes yes yes yes yes yes",
    "merge": "yes yes yes yes yes yes yes",
    "change_details": "yes yes yes yes yes yes yes",
    "change_severity": "yes yes yes yes yes yes no",
    "log_contact": "yes yes yes yes yes yes no",
    "assign": "yes yes yes yes yes no no",
    "escalate": "yes yes yes yes yes no no",
    "answer_hand_off": "yes yes yes yes yes no no",
    "snooze": "yes yes yes yes yes no no",
    "wait_for_customer": "no yes no yes yes no no",
    "wait_for_engineering": "yes yes no no yes no no",
    "schedule": "yes yes no yes yes no no",
    "take_back": "no no yes yes yes no no",
    "resolve": "yes yes yes yes yes no no",
    "withdraw": "yes yes yes yes yes no no",
    "close": "no no no no no yes no",
    "reopen": "no no no no no yes yes",
}
ROWS = [
    (act, state, answer == "yes")
    for act, row in TABLE.items()
    for state, answer in zip(State, row.split(), strict=True)
]


def test_the_table_names_every_act_there_is():
    assert set(TABLE) == set(ALLOWED)


@pytest.mark.parametrize(("act", "state", "is_possible"), ROWS)
def test_each_act_is_possible_from_the_states_of_the_table_only(act, state, is_possible):
    assert is_allowed(act, state) is is_possible


@pytest.mark.parametrize("state", State)
def test_spam_can_be_received_noted_and_placed_and_nothing_else(state):
    possible = {act for act in ALLOWED if is_allowed(act, state, is_spam=True)}
    assert possible == {"receive", "note", "place"}


@pytest.mark.parametrize("state", State)
def test_to_a_merged_case_nothing_is_done_but_what_comes_in(state):
    assert {act for act in ALLOWED if is_allowed(act, state, is_merged=True)} == {"receive"}


def test_an_unknown_act_is_an_error_and_not_a_refusal():
    with pytest.raises(KeyError):
        is_allowed("explode", State.OPEN)


def test_a_state_is_either_open_or_ended():
    assert set(OPEN_STATES) | set(ENDED_STATES) == set(State)
    assert not set(OPEN_STATES) & set(ENDED_STATES)


def test_no_act_leads_where_it_starts_but_scheduling_again():
    loops = {act for act, state in AFTER.items() if is_allowed(act, state)}
    assert loops == {"schedule"}


@pytest.mark.parametrize("state", State)
def test_an_answer_opens_a_new_case_and_moves_no_other(state):
    assert after_contact(state) == (State.OPEN if state == State.NEW else state)


@pytest.mark.parametrize("state", State)
def test_the_customers_word_ends_waiting_for_him_and_moves_nothing_else(state):
    assert after_customers_word(state) == (State.OPEN if state == State.WAITING_ON_CUSTOMER else state)
