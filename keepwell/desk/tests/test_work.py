"""Today and the lists of cases."""

from __future__ import annotations

import re
from datetime import timedelta
from html import escape

import pytest

from keepwell.cases.models import Case, SavedView
from keepwell.cases.new_case import NewCase
from keepwell.cases.verbs.opening import open_case
from keepwell.conversations.words import Words
from keepwell.customers.models import Account, Contact
from keepwell.customers.queries import contact_of
from keepwell.desk.tests.people import queries_of, signed_in
from keepwell.kit import clock
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def maria():
    cast.the_guidelines()
    return cast.maria_the_specialist()


def opened(count: int = 1, severity: str = "normal", **other) -> list[Case]:
    dana = cast.dana_at_elm_falls()
    contact = contact_of(dana)
    at = clock.now() - timedelta(minutes=5)
    return [
        open_case(
            NewCase(
                subject=f"Problem {number} of {severity}",
                contact=contact,
                severity=severity,
                words=Words(body="It does not work.", channel="form"),
                **other,
            ),
            by=dana,
            at=at,
        )
        for number in range(count)
    ]


def subjects(answer) -> list[str]:
    return re.findall(r'class="list-title[^"]*"[^>]*>([^<]*)<', answer.content.decode())


@pytest.mark.parametrize(
    ("address", "most"), [("/desk/cases/", 12), ("/desk/cases/?view=all", 12), ("/desk/today/", 23)]
)
def test_a_list_costs_the_same_with_ten_cases_and_with_twenty(maria, address, most):
    client = signed_in(maria)
    opened(10)
    ten = queries_of(client, address)
    opened(10)
    assert queries_of(client, address) == ten <= most


def test_the_list_of_open_cases_begins_with_the_promise_that_is_due_first(maria):
    opened(severity="low")
    opened(severity="high")
    answer = signed_in(maria).get("/desk/cases/")
    assert subjects(answer) == ["Problem 0 of high", "Problem 0 of low"]


def test_what_people_typed_stands_in_a_row_as_they_typed_it(maria):
    evil = "<script>x</script>\"'&"
    opened()
    Case.objects.update(subject=f"Subject {evil}", assignee=maria, is_private=True, is_verified_sender=False)
    Contact.objects.update(name=f"Contact {evil}")
    Account.objects.update(name=f"Account {evil}")
    type(maria).objects.filter(pk=maria.pk).update(name=f"Maria {evil}")
    page = signed_in(maria).get("/desk/cases/").content.decode()
    assert "<script>x" not in page
    for words in (f"Subject {evil}", f"Contact {evil}", f"Account {evil}", f"Maria {evil}"):
        assert escape(words) in page
    assert "unverified sender · private" in page


def test_filters_stand_in_the_address_and_what_is_not_understood_is_said(maria):
    opened(severity="low")
    opened(severity="high")
    answer = signed_in(maria).get("/desk/cases/?severity=high&colour=blue")
    assert subjects(answer) == ["Problem 0 of high"]
    assert "colour" in answer.content.decode()


def test_further_pages_come_by_cursor_and_lead_back(maria):
    opened(60)
    client = signed_in(maria)
    first = client.get("/desk/cases/")
    cursor = re.search(r'rel="next" href="([^"]*)"', first.content.decode())[1].replace("&amp;", "&")
    second = client.get("/desk/cases/" + cursor)
    assert len(subjects(first)) == 50
    assert len(subjects(second)) == 10
    assert not set(subjects(first)) & set(subjects(second))
    assert 'rel="prev"' in second.content.decode()


def test_a_cursor_somebody_changed_gives_the_first_page_and_says_so(maria):
    opened(3)
    answer = signed_in(maria).get("/desk/cases/?cursor=forged")
    assert len(subjects(answer)) == 3
    assert "first page" in answer.content.decode()


def test_ticked_cases_are_taken_together(maria):
    cases = opened(3)
    numbers = [case.number for case in cases[:2]]
    answer = signed_in(maria).post("/desk/cases/bulk/", {"case": numbers, "act": "take"}, follow=True)
    assert "2 cases done" in answer.content.decode()
    assert Case.objects.filter(assignee=maria).count() == 2


def test_what_cannot_be_done_to_one_is_said_and_stops_no_other(maria):
    first, second = opened(2)
    client = signed_in(maria)
    client.post("/desk/cases/bulk/", {"case": [first.number], "act": "spam"})
    answer = client.post(
        "/desk/cases/bulk/", {"case": [first.number, second.number], "act": "severity:high"}, follow=True
    )
    text = answer.content.decode()
    assert "1 case done" in text
    assert "is marked as spam" in text


def test_nothing_ticked_changes_nothing_and_says_so(maria):
    for ticked in ({}, {"case": ["x", "9" * 5000]}):
        answer = signed_in(maria).post("/desk/cases/bulk/", {**ticked, "act": "take"}, follow=True)
        assert "No case was ticked" in answer.content.decode()


@pytest.mark.parametrize(
    "act", ["", "delete", "severity:dire", "assign:0", "assign:x", "assign:" + "9" * 5000]
)
def test_an_unknown_act_is_not_found(maria, act):
    assert signed_in(maria).post("/desk/cases/bulk/", {"case": ["1"], "act": act}).status_code == 404


def test_a_list_is_kept_under_a_name_and_let_go(maria):
    opened(severity="low")
    client = signed_in(maria)
    kept = client.post("/desk/cases/views/", {"name": "Quick ones", "query": "severity=low"}, follow=True)
    assert "Quick ones" in kept.content.decode()
    view = SavedView.objects.get()
    assert view.query == {"severity": "low"}
    client.post(f"/desk/cases/views/{view.pk}/removal/")
    assert not SavedView.objects.exists()


def test_nobody_lets_go_of_the_list_of_somebody_else(maria):
    theo = cast.theo_at_level_two()
    signed_in(theo).post("/desk/cases/views/", {"name": "Mine", "query": "severity=low"})
    view = SavedView.objects.get()
    assert signed_in(maria).post(f"/desk/cases/views/{view.pk}/removal/").status_code == 404


def test_the_parts_that_live_events_fetch_are_parts_only(maria):
    opened()
    client = signed_in(maria)
    for address in ("/desk/cases/?part=rows", "/desk/cases/?part=views", "/desk/today/?part=today"):
        answer = client.get(address).content.decode()
        assert "<html" not in answer
        assert answer.lstrip().startswith("<")


def test_a_customer_finds_no_lists_here_and_a_stranger_signs_in(maria, client):
    dana = cast.dana_at_elm_falls()
    for address in ("/desk/today/", "/desk/cases/"):
        assert signed_in(dana).get(address).status_code == 404
        assert client.get(address).status_code == 302


def test_today_shows_what_is_mine_what_nobody_has_and_what_is_late(maria):
    mine, nobodys = opened(2)
    client = signed_in(maria)
    client.post("/desk/cases/bulk/", {"case": [mine.number], "act": "take"})
    page = client.get("/desk/today/").content.decode()
    page = page[page.index("Next for you") :]
    assert page.index(mine.subject) < page.index("Nobody has these")
    assert page.index("Nobody has these") < page.index(nobodys.subject)
