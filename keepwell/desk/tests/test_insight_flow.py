"""The page of the flow: hand-offs, waits, first contacts, each counted by hand from six cases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from keepwell.cases.hand_off import HandOff
from keepwell.cases.models import Case
from keepwell.cases.new_case import NewCase
from keepwell.cases.resolution import Resolution
from keepwell.cases.verbs.escalating import Destination, accept, escalate, return_
from keepwell.cases.verbs.opening import open_case
from keepwell.cases.verbs.receiving import customer_replies
from keepwell.cases.verbs.reopening import reopen
from keepwell.cases.verbs.resolving import resolve
from keepwell.cases.verbs.spam import mark_spam, not_spam
from keepwell.cases.verbs.waiting import take_back, wait_for_engineering
from keepwell.conversations.words import Words
from keepwell.desk.tests import worked_on
from keepwell.desk.tests.named_figures import read
from keepwell.desk.tests.people import queries_of
from keepwell.desk.tests.worked_on import signed_in_lead
from tests import cast

pytestmark = pytest.mark.django_db

FLOW = "/desk/insight/flow/"
GIVEN = HandOff(known="It does not save.", tried="Signing in again.", needed="Somebody who reads the log.")


def at(hour: float, day: int = 9) -> datetime:
    return datetime(2026, 6, day, tzinfo=UTC) + timedelta(hours=hour)


@pytest.fixture
def lead(client, clock_at):
    return signed_in_lead(client, clock_at, "2026-06-26T15:00:00Z")


def opened(subject: str) -> Case:
    return worked_on.opened(subject, at(15))


def answered(case: Case, hour: float, intention: str) -> Case:
    return worked_on.answered(case, at(hour), intention)


def handed(case: Case) -> Case:
    return escalate(case, Destination(level=2), GIVEN, by=cast.maria_the_specialist(), at=at(16))


@pytest.fixture
def six(lead):
    maria, theo, dana = cast.maria_the_specialist(), cast.theo_at_level_two(), cast.dana_at_elm_falls()
    answered(opened("at once"), 16, "resolve")
    asked = answered(opened("asked back"), 16, "wait")
    customer_replies(asked, Words(body="Blue.", channel="portal"), by=dana, at=at(20))
    answered(asked, 22, "resolve")
    harder = accept(handed(opened("harder")), by=theo, at=at(17))
    harder = take_back(wait_for_engineering(harder, by=theo, at=at(18)), by=theo, at=at(21))
    resolve(harder, Resolution(how="corrected"), by=theo, at=at(23))
    return_(handed(opened("returned")), "Please look at the log first.", by=theo, at=at(18))
    called = NewCase(subject="called", contact=dana.contact, channel="phone", is_live=True)
    resolve(open_case(called, by=maria, at=at(15)), Resolution(), by=maria, at=at(15.5))
    reopen(answered(opened("not solved"), 16, "resolve"), by=dana, at=at(15, day=10))


def test_what_came_of_it_is_counted(lead, six):
    found = read(lead.get(FLOW))
    assert found.nameless == []
    counted = {
        name: found.figures[f"figure-{name}"]
        for name in ("resolved-cases", "reopened-cases", "first-contact-cases")
    }
    assert counted == {"resolved-cases": "5", "reopened-cases": "1", "first-contact-cases": "2"}
    assert float(found.figures["figure-first-contact"]) == pytest.approx(0.4)
    # Wilson (1927) for two of five.
    assert float(found.figures["figure-first-contact-low"]) == pytest.approx(0.1176, abs=1e-4)
    assert float(found.figures["figure-first-contact-high"]) == pytest.approx(0.7693, abs=1e-4)


def test_hand_offs_are_counted_by_what_became_of_them(lead, six):
    found = read(lead.get(FLOW)).figures
    counted = {
        name: found[f"figure-{name}"]
        for name in ("went-1-2", "went-2-3", "returned", "taken-back", "unanswered")
    }
    assert counted == {
        "went-1-2": "1",
        "went-2-3": "0",
        "returned": "1",
        "taken-back": "0",
        "unanswered": "0",
    }


def test_the_time_at_each_level_is_that_of_the_stays_that_ended(lead, six):
    """At level 1: half an hour, one, one, two and seven hours; at level 2 six."""
    found = read(lead.get(FLOW)).figures
    assert found["figure-stays-1"] == "5"
    assert float(found["figure-median-1"]) == pytest.approx(1)
    assert float(found["figure-ninetieth-1"]) == pytest.approx(5)
    assert float(found["figure-median-2"]) == pytest.approx(6)
    assert found["figure-median-3"] == ""


def test_time_is_told_by_whose_turn_it_was(lead, six):
    """Ours 1 + 3 + 5 + 0.5 + 1 hours, his 4, the engineers' 3."""
    found = read(lead.get(FLOW)).figures
    parts = {name: float(found[f"figure-waited-{name}"]) for name in ("ours", "customer", "engineering")}
    assert parts == pytest.approx({"ours": 10.5 / 17.5, "customer": 4 / 17.5, "engineering": 3 / 17.5})
    assert float(found["figure-waited-ours-hours"]) == pytest.approx(10.5 / 5)


def test_a_case_that_came_back_from_two_levels_is_one_of_those_returned(lead):
    theo = cast.theo_at_level_two()
    maria = cast.maria_the_specialist()
    returned = return_(handed(opened("twice")), "Please look at the log first.", by=theo, at=at(17))
    asked = escalate(returned, Destination(level=3), GIVEN, by=maria, at=at(18))
    return_(asked, "Level 2 has not seen it.", by=cast.ines_the_engineer(), at=at(19))
    assert read(lead.get(FLOW)).figures["figure-returned"] == "1"


def test_time_after_the_last_resolution_is_told_of_nobody(lead):
    """An hour until it was resolved; opened again it waits for him, and for us."""
    dana, maria = cast.dana_at_elm_falls(), cast.maria_the_specialist()
    again = reopen(answered(opened("again"), 16, "resolve"), by=dana, at=at(18))
    take_back(wait_for_engineering(again, by=maria, at=at(19)), by=maria, at=at(20))
    found = read(lead.get(FLOW)).figures
    assert float(found["figure-waited-ours-hours"]) == pytest.approx(1)
    assert float(found["figure-waited-engineering"]) == 0


def test_what_was_spam_by_mistake_waited_for_whom_it_had_waited(lead):
    """One hour ours, and four of his wait; in two of these it was thought to be spam."""
    lea, dana = cast.lea_the_lead(), cast.dana_at_elm_falls()
    waiting = answered(opened("no spam"), 16, "wait")
    waiting = not_spam(mark_spam(waiting, by=lea, at=at(17)), by=lea, at=at(19))
    customer_replies(waiting, Words(body="Blue.", channel="portal"), by=dana, at=at(20))
    answered(waiting, 20, "resolve")
    found = read(lead.get(FLOW)).figures
    assert float(found["figure-waited-ours-hours"]) == pytest.approx(1)
    assert float(found["figure-waited-customer-hours"]) == pytest.approx(4)


@pytest.mark.parametrize(
    ("group", "subjects"),
    [
        ("resolved", {"at once", "asked back", "harder", "called", "not solved"}),
        ("first_contact", {"at once", "called"}),
        ("reopened", {"not solved"}),
        ("went_1_2", {"harder"}),
        ("went_2_3", set()),
        ("returned", {"returned"}),
        ("taken_back", set()),
        ("unanswered", set()),
    ],
)
def test_a_figure_leads_to_its_cases(lead, six, group, subjects):
    page = lead.get(f"/desk/insight/cases/{group}/")
    assert {case.subject for case in page.context["page"].rows} == subjects


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("hand_offs", "1,2,2,1,1,0,0"),
        ("levels", "1,5,1.0,5.0"),
        ("how", "Question answered,4"),
        ("turns", "On the customer,0.8"),
    ],
)
def test_every_table_can_be_taken_away(lead, six, name, line):
    answer = lead.get(f"/desk/insight/flow/{name}.csv")
    assert line in answer.getvalue().decode("utf-8-sig").splitlines()


def test_another_month_has_none_of_it(lead, six):
    page = lead.get(f"{FLOW}?on=2026-05-02")
    assert "Nothing was resolved" in page.content.decode()
    assert read(page).nameless == []


def test_it_costs_the_same_queries_at_ten_cases_and_twenty(lead):
    def ten() -> None:
        for _place in range(10):
            answered(opened("one more"), 16, "resolve")

    ten()
    few = queries_of(lead, FLOW)
    ten()
    assert queries_of(lead, FLOW) == few
