"""Solved, closed, reopened, withdrawn."""

from __future__ import annotations

from datetime import timedelta

import pytest

from keepwell.cases.jobs import close_due
from keepwell.cases.models import Closure, LevelStay
from keepwell.cases.refusals import CaseHasChanged, CaseRefused, NotNow
from keepwell.cases.resolution import Resolution
from keepwell.cases.tests.elm_falls import DAY, HOUR, NINE, SOLVED, facts, kinds, now
from keepwell.cases.verbs.closing import close
from keepwell.cases.verbs.reopening import WindowIsOver, reopen
from keepwell.cases.verbs.resolving import resolve
from keepwell.cases.verbs.withdrawing import withdraw, withdraw_for_customer
from keepwell.journal.models import Entry
from keepwell.people.permits import NotPermitted

WINDOW = 14 * DAY
SECOND = timedelta(seconds=1)


CALLED = "Dana called: the printer works, nothing is needed."


def open_stays(case) -> int:
    return LevelStay.objects.filter(case=case, left_at=None).count()


def test_resolved_it_says_how_and_why_and_until_when_it_can_be_reopened(case, maria):
    solved = resolve(case, SOLVED, by=maria, at=NINE + HOUR)
    assert (solved.state, solved.resolved_at) == ("resolved", NINE + HOUR)
    assert solved.reopenable_until_at == NINE + HOUR + WINDOW
    closure = Closure.objects.get(case=case)
    assert (closure.how, closure.root_cause, closure.ended_by) == ("corrected", SOLVED.root_cause, maria)
    assert facts(case, "case.resolved")["how"] == "corrected"
    assert open_stays(case) == 0


def test_a_case_is_not_resolved_as_withdrawn():
    with pytest.raises(ValueError, match="withdraws"):
        Resolution(how="withdrawn")


def test_reopened_it_stands_where_it_ended_and_the_closure_stays_to_be_read(case, maria, dana):
    resolve(case, SOLVED, by=maria, at=NINE + HOUR)
    again = reopen(case, by=dana, at=NINE + DAY)
    assert (again.state, again.resolved_at, again.reopenable_until_at) == ("open", None, None)
    assert Closure.objects.get(case=case).reopened_at == NINE + DAY
    assert open_stays(case) == 1


def test_resolved_a_second_time_there_are_two_closures(case, maria):
    for day in (1, 3):
        resolve(case, SOLVED, by=maria, at=NINE + day * DAY)
        if day == 1:
            reopen(case, by=maria, at=NINE + 2 * DAY)
    assert Closure.objects.filter(case=case).count() == 2
    assert Closure.objects.filter(case=case, reopened_at=None).count() == 1


@pytest.mark.parametrize("is_closed", [False, True])
def test_reopening_ends_with_the_last_second_of_the_window(case, maria, dana, is_closed):
    resolve(case, SOLVED, by=maria, at=NINE)
    if is_closed:
        close(case, by=dana, at=NINE + HOUR)
    with pytest.raises(WindowIsOver):
        reopen(case, by=dana, at=NINE + WINDOW + SECOND)
    assert reopen(case, by=dana, at=NINE + WINDOW).state == "open"


def test_what_stayed_solved_is_closed_by_itself_after_the_window_and_not_before(case, maria):
    resolve(case, SOLVED, by=maria, at=NINE)
    assert close_due(at=NINE + WINDOW) == 0
    assert close_due(at=NINE + WINDOW + SECOND) == 1
    assert close_due(at=NINE + WINDOW + SECOND) == 0
    assert now(case).state == "closed"
    assert now(case).closed_at == NINE + WINDOW + SECOND
    assert kinds(case).count("case.closed") == 1


def test_the_customer_withdraws_and_may_think_again(case, dana):
    gone = withdraw(case, by=dana, at=NINE + HOUR)
    assert (gone.state, gone.resolved_at, gone.closed_at) == ("closed", None, NINE + HOUR)
    assert Closure.objects.get(case=case).how == "withdrawn"
    assert open_stays(case) == 0
    assert reopen(case, by=dana, at=NINE + DAY).state == "open"


def test_withdrawing_is_the_customers_to_say(case, maria):
    with pytest.raises(NotPermitted):
        withdraw(case, by=maria)


def test_what_the_customer_said_by_phone_is_entered_in_his_name_with_who_heard_it(case, maria):
    gone = withdraw_for_customer(case, CALLED, by=maria, at=NINE + HOUR)
    assert (gone.state, gone.resolved_at, gone.closed_at) == ("closed", None, NINE + HOUR)
    closure = Closure.objects.get(case=case)
    assert (closure.how, closure.ended_by, closure.wish) == ("withdrawn", maria, CALLED)
    entry = Entry.objects.about("case", case.pk).get(kind="case.withdrawn")
    assert entry.actor_ref == maria.actor_ref
    assert entry.facts["for_customer"] is True
    assert CALLED not in str(entry.facts)


@pytest.mark.parametrize("wish", ["", "  ", "\x00"])
def test_staff_withdraw_nothing_without_saying_whose_wish_it_was(case, maria, wish):
    with pytest.raises(CaseRefused, match="Say who told us"):
        withdraw_for_customer(case, wish, by=maria)
    assert now(case).state == case.state


def test_a_customer_enters_no_wish_of_somebody_else(case, dana):
    with pytest.raises(NotPermitted):
        withdraw_for_customer(case, CALLED, by=dana)


def test_customers_close_what_is_solved_and_resolve_nothing(case, maria, dana):
    with pytest.raises(NotPermitted):
        resolve(case, SOLVED, by=dana)
    with pytest.raises(NotNow, match="Resolve it first"):
        close(case, by=dana)
    resolve(case, SOLVED, by=maria)
    assert close(case, by=dana).state == "closed"


def test_two_people_resolve_and_the_second_sees_what_the_first_did(case, maria, theo):
    seen = case.version
    resolve(case, SOLVED, seen=seen, by=maria, at=NINE + HOUR)
    with pytest.raises(CaseHasChanged) as held:
        resolve(case, SOLVED, seen=seen, by=theo, at=NINE + HOUR)
    assert [entry.kind for entry in held.value.entries] == ["case.resolved"]
    assert held.value.case.state == "resolved"
    assert "kept" in str(held.value)
    assert kinds(case).count("case.resolved") == 1
