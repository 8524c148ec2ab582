"""From level to level, with what is known, what was tried and what is needed; one owner throughout."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from keepwell.cases.hand_off import HandOff
from keepwell.cases.models import Case, Escalation, LevelStay
from keepwell.cases.queries import hand_offs_for, time_at_levels
from keepwell.cases.refusals import CaseRefused, TooLittle
from keepwell.cases.tests.elm_falls import ENOUGH, HOUR, NINE, SOLVED, facts, kinds, now
from keepwell.cases.verbs.assigning import Assignment, assign
from keepwell.cases.verbs.escalating import Destination, accept, escalate, return_, take_back_handoff
from keepwell.cases.verbs.reopening import reopen
from keepwell.cases.verbs.resolving import resolve
from keepwell.people.permits import NotPermitted
from tests import cast


@pytest.fixture
def mine(case, maria) -> Case:
    return assign(case, Assignment(to=maria), by=maria, at=NINE)


def second_level() -> Destination:
    return Destination(level=2, team=cast.team_at(2))


def handed(case, maria, theo, at=NINE + HOUR) -> Case:
    escalate(case, second_level(), ENOUGH, by=maria, at=at)
    return accept(case, by=theo, at=at + HOUR)


def stays(case) -> list[tuple]:
    return list(LevelStay.objects.filter(case=case).values_list("level", "entered_at", "left_at"))


@pytest.mark.parametrize("part", ["known", "tried", "needed"])
def test_a_hand_off_without_one_of_its_parts_is_refused_and_the_part_is_named(mine, maria, part):
    parts = {"known": ENOUGH.known, "tried": ENOUGH.tried, "needed": ENOUGH.needed, part: "dunno"}
    with pytest.raises(TooLittle) as refused:
        escalate(mine, second_level(), HandOff(**parts), by=maria)
    assert refused.value.missing == (part,)
    assert part.replace("needed", "is needed") in str(refused.value)
    assert not Escalation.objects.exists()
    assert kinds(mine)[-1] == "case.assigned"


def test_until_it_is_accepted_the_case_stays_with_whoever_has_it(mine, maria, theo):
    asked = escalate(mine, second_level(), ENOUGH, by=maria, at=NINE + HOUR)
    assert (asked.level, asked.assignee, asked.owner) == (1, maria, maria)
    assert [hand_off.case_id for hand_off in hand_offs_for(theo)] == [mine.pk]
    assert not hand_offs_for(maria).exists()


def test_accepted_it_is_at_the_other_level_and_its_owner_stays(mine, maria, theo):
    case = handed(mine, maria, theo)
    assert (case.level, case.team, case.assignee, case.owner) == (2, cast.team_at(2), theo, maria)
    assert case.is_handed_on
    assert facts(case, "case.escalation_accepted")["assignee"] == theo.pk
    assert stays(case) == [(1, NINE, NINE + 2 * HOUR), (2, NINE + 2 * HOUR, None)]


def test_the_time_at_each_level_is_known(mine, maria, theo):
    case = handed(mine, maria, theo)
    assert time_at_levels(case, NINE + 5 * HOUR) == {1: 2 * HOUR, 2: 3 * HOUR}
    resolve(case, SOLVED, by=theo, at=NINE + 6 * HOUR)
    reopen(case, by=maria, at=NINE + 10 * HOUR)
    assert time_at_levels(case, NINE + 11 * HOUR) == {1: 2 * HOUR, 2: 5 * HOUR}


def test_returned_before_it_was_accepted_it_never_left(mine, maria, theo):
    escalate(mine, second_level(), ENOUGH, by=maria, at=NINE + HOUR)
    case = return_(mine, "Not before the log is there", by=theo, at=NINE + 2 * HOUR)
    assert (case.level, case.assignee, case.owner) == (1, maria, maria)
    escalation = Escalation.objects.get()
    assert (escalation.state, escalation.return_reason, escalation.ended_by) == (
        "returned",
        "Not before the log is there",
        theo,
    )
    assert len(stays(case)) == 1


def test_returned_after_it_was_accepted_it_is_back_with_whoever_handed_it_over(mine, maria, theo):
    handed(mine, maria, theo)
    case = return_(mine, "The log shows nothing", by=theo, at=NINE + 4 * HOUR)
    assert (case.level, case.team, case.assignee, case.owner) == (1, None, maria, maria)
    assert stays(case)[-1] == (1, NINE + 4 * HOUR, None)


def test_a_return_without_a_reason_is_refused(mine, maria, theo):
    escalate(mine, second_level(), ENOUGH, by=maria)
    with pytest.raises(CaseRefused, match="why"):
        return_(mine, "  ", by=theo)


@pytest.mark.parametrize("is_accepted", [False, True])
def test_whoever_handed_it_over_can_take_it_back(mine, maria, theo, is_accepted):
    escalate(mine, second_level(), ENOUGH, by=maria, at=NINE + HOUR)
    if is_accepted:
        accept(mine, by=theo, at=NINE + 2 * HOUR)
    case = take_back_handoff(mine, by=maria, at=NINE + 3 * HOUR)
    assert (case.level, case.assignee, case.owner) == (1, maria, maria)
    assert Escalation.objects.get().state == "taken_back"
    assert LevelStay.objects.filter(case=case, left_at=None).count() == 1


def test_over_three_levels_and_back_it_goes_the_way_it_came(mine, maria, theo, ines):
    handed(mine, maria, theo)
    escalate(mine, Destination(level=3, team=cast.team_at(3)), ENOUGH, by=theo, at=NINE + 3 * HOUR)
    at_three = accept(mine, by=ines, at=NINE + 4 * HOUR)
    assert (at_three.level, at_three.assignee, at_three.owner) == (3, ines, maria)
    at_two = return_(mine, "Mended in the next version", by=ines, at=NINE + 5 * HOUR)
    assert (at_two.level, at_two.assignee) == (2, theo)
    at_one = return_(mine, "Tell the customer", by=theo, at=NINE + 6 * HOUR)
    assert (at_one.level, at_one.assignee, at_one.owner) == (1, maria, maria)
    with pytest.raises(CaseRefused, match="not handed over"):
        return_(mine, "Once more", by=theo)


def test_the_third_level_is_refused_to_a_specialist(mine, maria):
    escalate(mine, Destination(level=3), ENOUGH, by=maria)
    with pytest.raises(CaseRefused, match="Level 3 is for"):
        accept(mine, by=maria)


def test_one_hand_off_at_a_time(mine, maria):
    escalate(mine, second_level(), ENOUGH, by=maria)
    with pytest.raises(CaseRefused, match="already"):
        escalate(mine, Destination(level=3), ENOUGH, by=maria)


def test_nothing_is_accepted_that_nobody_asked_for(mine, theo):
    with pytest.raises(CaseRefused, match="Nobody asks"):
        accept(mine, by=theo)


def test_a_hand_off_that_leads_nowhere_is_refused(mine, maria):
    with pytest.raises(CaseRefused, match="there already"):
        escalate(mine, Destination(level=1), ENOUGH, by=maria)


@pytest.mark.parametrize("level", [0, 4])
def test_there_are_three_levels(mine, maria, level):
    with pytest.raises(CaseRefused, match="levels 1, 2 and 3"):
        escalate(mine, Destination(level=level), ENOUGH, by=maria)


def test_a_team_of_another_level_is_refused(mine, maria):
    with pytest.raises(CaseRefused, match="works at level"):
        escalate(mine, Destination(level=3, team=cast.team_at(2)), ENOUGH, by=maria)


def test_a_case_that_nobody_had_belongs_to_whoever_hands_it_over(case, maria, theo):
    escalate(case, second_level(), ENOUGH, by=maria)
    assert now(case).owner == maria
    assert accept(case, by=theo).owner == maria


def test_a_hand_off_that_nobody_answered_lapses_with_the_case(mine, maria, theo):
    escalate(mine, second_level(), ENOUGH, by=maria)
    resolve(mine, SOLVED, by=maria, at=NINE + HOUR)
    assert Escalation.objects.get().state == "lapsed"
    reopen(mine, by=maria, at=NINE + 2 * HOUR)
    with pytest.raises(CaseRefused):
        accept(mine, by=theo)


def test_while_it_is_handed_on_the_work_changes_hands_and_the_owner_does_not(mine, maria, theo):
    handed(mine, maria, theo)
    case = assign(mine, Assignment(to=cast.lea_the_lead()), by=theo)
    assert (case.assignee, case.owner) == (cast.lea_the_lead(), maria)


def test_customers_hand_nothing_over(mine, dana):
    with pytest.raises(NotPermitted):
        escalate(mine, second_level(), ENOUGH, by=dana)
    with pytest.raises(NotPermitted):
        accept(mine, by=dana)


def test_the_database_refuses_an_empty_hand_off_and_a_second_one(mine, maria):
    escalate(mine, second_level(), ENOUGH, by=maria)
    escalation = Escalation.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Escalation.objects.filter(pk=escalation.pk).update(tried="")
    escalation.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        escalation.save(force_insert=True)


def test_a_late_entry_never_makes_a_stay_end_before_it_began(mine, maria, theo):
    handed(mine, maria, theo)
    return_(mine, "Entered for earlier", by=theo, at=NINE + HOUR + timedelta(minutes=30))
    assert all(left is None or left >= entered for _level, entered, left in stays(mine))
