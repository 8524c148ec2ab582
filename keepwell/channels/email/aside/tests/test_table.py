"""Every combination there is, against rules that were written without looking at the table."""

from __future__ import annotations

from itertools import product

import pytest

from keepwell.channels.email.aside.deciding import decide
from keepwell.channels.email.aside.evidence import Action, Evidence, Reference, Sender
from keepwell.channels.email.aside.table import ROWS, TABLE
from keepwell.channels.email.understanding.evidence import Action as OtherAction
from keepwell.channels.email.understanding.evidence import Kind, Proof

EVERYTHING = [
    Evidence(side_thread=1, kind=kind, reference=reference, sender=sender, proof=proof, forwarder=forwarder)
    for kind, reference, sender, proof, forwarder in product(Kind, Reference, Sender, Proof, (None, 3))
]
BY_PEOPLE = [one for one in EVERYTHING if one.kind is Kind.PERSON]
JOINS = {Action.JOIN, Action.UNCONFIRMED}
GIVEN = {Reference.SEALED, Reference.SEALED_FOR_ANOTHER}


def broken_by(rule) -> list[str]:
    return [
        f"{one.reference} {one.sender} {one.proof} {one.is_passed_on}: {decide(one).action}"
        for one in BY_PEOPLE
        if not rule(one, decide(one).action)
    ]


def test_every_combination_has_its_place_once():
    assert set(TABLE) == set(product(Reference, Sender, Proof))
    lines = [line.split()[:2] for line in ROWS.splitlines() if line.strip()][1:]
    assert len(lines) == len({tuple(line) for line in lines})


def test_no_way_leads_into_a_conversation():
    """What may become of an answer to a side thread has no word for joining a customer's conversation."""
    assert {action.value for action in Action} & {
        OtherAction.SUGGEST.value,
        OtherAction.OPEN_KNOWN.value,
    } == set()
    assert all(decide(one).code.startswith("aside_") for one in EVERYTHING)


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.PERSON])
def test_what_a_machine_wrote_is_put_aside_whatever_it_names(kind):
    assert {decide(one).action for one in EVERYTHING if one.kind is kind} == {Action.PARK}


def test_nothing_joins_whose_proof_failed_or_was_forged():
    assert (
        broken_by(lambda one, action: one.proof not in (Proof.FAILED, Proof.FORGED) or action not in JOINS)
        == []
    )


def test_only_whoever_was_asked_joins_as_himself():
    assert broken_by(lambda one, action: action is not Action.JOIN or one.sender is Sender.ASKED) == []


def test_another_person_joins_with_a_seal_alone_and_is_not_confirmed():
    def rule(one: Evidence, action: Action) -> bool:
        is_another = one.sender is not Sender.ASKED
        return (
            not is_another or action not in JOINS or (action is Action.UNCONFIRMED and one.reference in GIVEN)
        )

    assert broken_by(rule) == []


def test_without_a_proof_and_without_a_seal_of_his_own_nobody_joins_as_himself():
    def rule(one: Evidence, action: Action) -> bool:
        is_known = one.proof is Proof.PASSED or one.reference is Reference.SEALED
        return action is not Action.JOIN or is_known

    assert broken_by(rule) == []


def test_a_customers_mail_never_joins_and_never_waits_at_the_side_thread():
    wanted = {Action.BESIDE_CASE, Action.ELSEWHERE}
    assert broken_by(lambda one, action: one.sender is not Sender.CUSTOMER or action in wanted) == []


def test_one_of_us_and_a_stranger_never_join():
    assert (
        broken_by(
            lambda one, action: one.sender not in (Sender.STAFF, Sender.STRANGER) or action not in JOINS
        )
        == []
    )


def test_what_names_two_places_at_once_joins_neither():
    assert (
        broken_by(lambda one, action: one.reference is not Reference.SEALS_DISAGREE or action not in JOINS)
        == []
    )


def test_what_one_of_us_forwards_waits():
    assert broken_by(lambda one, action: not one.is_passed_on or action not in JOINS) == []


def test_what_carries_a_good_seal_is_never_taken_for_other_mail():
    assert (
        broken_by(lambda one, action: one.reference is Reference.THEIR_MAIL or action is not Action.ELSEWHERE)
        == []
    )


def test_an_answer_by_whoever_was_asked_by_his_own_seal_joins_without_any_proof():
    own = Evidence(side_thread=1, reference=Reference.SEALED, sender=Sender.ASKED)
    assert decide(own).action is Action.JOIN


def test_every_decision_says_why_in_whole_words():
    for one in EVERYTHING:
        why = decide(one).why
        assert why.endswith(".")
        assert "%" not in why
