"""The next best case on Today, and the list of cases by consequence."""

from __future__ import annotations

import re

import pytest

from keepwell.cases.models import Case
from keepwell.cases.verbs.assigning import Assignment, assign
from keepwell.desk.tests.people import person, queries_of, signed_in
from keepwell.desk.tests.test_work import opened, subjects
from tests import cast

pytestmark = pytest.mark.django_db

BY_CONSEQUENCE = "/desk/cases/?order=consequence"


@pytest.fixture
def maria():
    cast.the_guidelines()
    return cast.maria_the_specialist()


def card(client) -> str:
    page = client.get("/desk/today/").content.decode()
    found = re.search(r'id="next-best".*?</table>', page, re.DOTALL)
    return found[0] if found else ""


def test_today_shows_the_next_best_case_and_why(maria):
    opened(severity="low")
    high = opened(severity="high")[0]
    shown = card(signed_in(maria))
    assert f"/desk/cases/{high.number}/" in shown
    assert "Problem 0 of high" in shown
    assert "a 50 % chance" in shown


def test_it_is_taken_with_the_button_and_then_stands_there_without_it(maria):
    case = opened(severity="high")[0]
    client = signed_in(maria)
    sent = dict(re.findall(r'name="(case|back)" value="([^"]*)"', card(client)))
    answer = client.post("/desk/cases/bulk/", {**sent, "act": "take"}, follow=True)
    assert answer.redirect_chain[-1][0] == "/desk/today/"
    assert Case.objects.get(pk=case.pk).assignee == maria
    assert "<form" not in card(client)
    assert f"/desk/cases/{case.number}/" in card(client)


def test_what_a_colleague_has_is_not_next_for_me(maria):
    colleague = person("specialist")
    case = opened()[0]
    assign(case, Assignment(to=colleague), by=colleague)
    assert card(signed_in(maria)) == ""
    assert "Problem 0 of normal" in card(signed_in(colleague))


def test_who_does_not_work_on_cases_has_no_next_one(maria):
    opened()
    assert card(signed_in(person("success_manager"))) == ""


def test_the_list_by_consequence_says_what_it_is_and_each_row_why(maria):
    opened(2, severity="low")
    opened(severity="high")
    answer = signed_in(maria).get(BY_CONSEQUENCE)
    assert subjects(answer) == ["Problem 0 of high", "Problem 0 of low", "Problem 1 of low"]
    page = answer.content.decode()
    assert "At most 60 cases" in page
    assert page.count("a 50 % chance") == 3


def test_it_can_be_narrowed_as_any_list_of_open_cases(maria):
    opened(severity="low")
    opened(severity="high")
    client = signed_in(maria)
    assert subjects(client.get(f"{BY_CONSEQUENCE}&severity=low")) == ["Problem 0 of low"]
    # What has ended has no consequence: another order stands instead.
    assert "At most" not in client.get(f"{BY_CONSEQUENCE}&show=ended").content.decode()


def test_it_costs_the_same_with_ten_cases_and_with_twenty(maria):
    client = signed_in(maria)
    opened(10)
    ten = queries_of(client, BY_CONSEQUENCE)
    opened(10)
    assert queries_of(client, BY_CONSEQUENCE) == ten <= 15
