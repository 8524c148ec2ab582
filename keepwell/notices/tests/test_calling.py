"""A case of High at night: who is on call is asked and told at once, nobody else before the morning."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from keepwell.cases.models import Case
from keepwell.cases.severities import Severity
from keepwell.cases.verbs.assigning import Assignment, assign
from keepwell.cases.verbs.severity import Reassessment, change_severity
from keepwell.notices.models import Dispatch
from keepwell.notices.tests.elm_falls import answer, open_for, told, wall, write_again
from keepwell.notices.verbs.leaving import tell_what_is_due
from keepwell.outbox.models import Outgoing
from keepwell.staffing.models import CallOut
from keepwell.staffing.verbs.calling_out import acknowledge, pass_on_what_is_due
from keepwell.staffing.verbs.rotas import RotaTerms, set_rota
from tests import cast

pytestmark = pytest.mark.django_db

NIGHT = wall("9 23:30")
TERMS = RotaTerms(name="Nights", time_zone="America/Chicago", starts_on=date(2026, 6, 8))
MARIA, LEA, THEO = "Maria Petersen", "Lea Novak", "Theo Lindqvist"


@pytest.fixture
def rota(maria, theo, lea):
    return set_rota(cast.team_at(1), TERMS, [maria, theo], by=lea)


def mailed() -> set[str]:
    return set(Outgoing.objects.filter(purpose="notice").values_list("to_address", flat=True))


def high(dana) -> Case:
    return open_for(dana, severity=Severity.HIGH)


def ending() -> str:
    return CallOut.objects.get().ending


def test_at_night_who_is_on_call_is_told_at_once_and_the_others_in_the_morning(
    dana, maria, lea, rota, clock_at
):
    clock_at(NIGHT)
    high(dana)
    assert told("called") == [("called", MARIA)]
    tell_what_is_due(at=NIGHT)
    assert mailed() == {maria.email}
    tell_what_is_due(at=wall("10 07:00"))
    assert mailed() == {maria.email, lea.email}


def test_the_next_in_line_is_told_when_the_first_does_not_answer(dana, maria, theo, rota, clock_at):
    clock_at(NIGHT)
    high(dana)
    later = clock_at(NIGHT + timedelta(minutes=15))
    pass_on_what_is_due(at=later)
    assert told("called") == [("called", MARIA), ("called", THEO)]
    tell_what_is_due(at=later)
    assert mailed() == {maria.email, theo.email}


def test_in_support_hours_and_for_lesser_cases_nobody_on_call_is_asked(dana, rota, clock_at):
    high(dana)
    clock_at(NIGHT)
    open_for(dana, severity=Severity.NORMAL)
    assert not CallOut.objects.exists()


def test_a_case_that_becomes_high_at_night_asks_too(dana, rota, clock_at):
    clock_at(NIGHT)
    case = open_for(dana)
    change_severity(case, Reassessment(severity=Severity.HIGH), by=cast.lea_the_lead())
    assert told("called") == [("called", MARIA)]
    change_severity(Case.objects.get(), Reassessment(severity=Severity.LOW), by=cast.lea_the_lead())
    assert ending() == "over"


@pytest.mark.parametrize("act", ["take", "answer", "acknowledge"])
def test_whoever_has_it_in_hand_ends_the_asking(dana, maria, lea, rota, clock_at, act):
    clock_at(NIGHT)
    case = high(dana)
    if act == "take":
        assign(case, Assignment(to=lea), by=lea)
    elif act == "answer":
        answer(case, lea)
    else:
        acknowledge(CallOut.objects.get(), by=maria)
    assert ending() == ("acknowledged" if act == "acknowledge" else "over")


def test_a_customers_word_and_the_receipt_do_not_end_it(dana, rota, clock_at):
    clock_at(NIGHT)
    write_again(high(dana), dana)
    assert ending() == ""


def test_without_a_rota_nobody_is_asked_and_in_a_gap_the_leads_are_told(dana, lea, maria, clock_at):
    clock_at(NIGHT)
    high(dana)
    assert not CallOut.objects.exists()
    by_day = RotaTerms(**{**TERMS.__dict__, "from_at": time(8), "until_at": time(18)})
    set_rota(cast.team_at(1), by_day, [maria], by=lea)
    high(dana)
    assert told("call_unanswered") == [("call_unanswered", LEA)]
    assert Dispatch.objects.get(notice__happening="call_unanswered").due_at == wall("10 07:00")
