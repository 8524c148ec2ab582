"""What stands on the pages, and what they cost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keepwell.cases.tests.elm_falls import NINE, SOLVED, answer, now, open_for
from keepwell.cases.verbs.resolving import resolve
from keepwell.customers.models import Stewardship
from keepwell.customers.verbs.stewarding import appoint_steward
from keepwell.journal.kinds import kinds_customers_see
from keepwell.journal.live import may_listen
from keepwell.portal.case_page.events import WORDS
from tests import cast

HEAVIEST = 150_000


def queries_of(client, where: str) -> int:
    """How many queries a page costs; what a process reads once is left out."""
    client.get(where)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(where).status_code == 200
    return len(asked)


def test_the_front_page_says_how_cases_stand(case, dana, maria, signed_in):
    appoint_steward(cast.elm_falls(), cast.sam_the_success_manager(), Stewardship.Kind.SUCCESS, by=cast.CAST)
    client = signed_in(dana)
    page = client.get("/portal/").content.decode()
    assert "How can we help, Dana Hughes?" in page
    assert "Somebody answers you by" in page
    assert "Open until" in page
    assert "Sam Whitaker" in page
    answer(case, maria, NINE, intention="wait")
    page = client.get("/portal/").content.decode()
    assert "Your turn" in page
    assert "We asked you something: today" in page


def test_a_promise_that_was_broken_is_not_hidden(case, dana, signed_in, clock_at):
    clock_at(NINE + timedelta(hours=30))
    page = signed_in(dana).get(f"/portal/cases/{case.number}/").content.decode()
    assert "We are late" in page
    assert "it was due" in page


def test_a_case_shows_its_promises_and_the_way_it_goes(case, dana, maria, signed_in):
    where = f"/portal/cases/{case.number}/"
    client = signed_in(dana)
    page = client.get(where).content.decode()
    assert "First answer within" in page
    answer(case, maria, NINE)
    page = client.get(where).content.decode()
    assert "kept, " in page
    assert "Maria Petersen" in page
    resolve(now(case), SOLVED, by=maria, at=NINE)
    page = client.get(where).content.decode()
    assert "Not solved? You can reopen it until" in page
    assert SOLVED.root_cause not in page


def test_the_administrator_sees_his_own_or_all(case, carl, signed_in):
    client = signed_in(carl)
    assert "The printer is silent" not in client.get("/portal/cases/").content.decode()
    assert "The printer is silent" in client.get("/portal/cases/?whose=all").content.decode()


def test_whose_all_is_not_for_everybody(case, carl, dana, signed_in):
    open_for(carl, subject="Carl's own")
    assert "own" not in signed_in(dana).get("/portal/cases/?whose=all").content.decode().partition("<main")[2]


def test_ended_ones_stand_apart(case, dana, maria, signed_in):
    client = signed_in(dana)
    resolve(now(case), SOLVED, by=maria, at=NINE)
    assert "The printer is silent" not in client.get("/portal/cases/").content.decode()
    assert "The printer is silent" in client.get("/portal/cases/?show=ended").content.decode()


def test_pages_of_the_list_lead_on(dana, signed_in):
    for number in range(27):
        open_for(dana, subject=f"Number {number:02}")
    client = signed_in(dana)
    first = client.get("/portal/cases/")
    assert len(first.context["rows"]) == 25
    rest = client.get("/portal/cases/", {"cursor": first.context["page"].next_cursor})
    assert len(rest.context["rows"]) == 2
    assert "first page again" in client.get("/portal/cases/?cursor=nonsense").content.decode()


@pytest.mark.parametrize("where", ["/portal/", "/portal/cases/", "/portal/cases/?whose=all"])
def test_twenty_rows_cost_the_queries_of_ten(where, dana, carl, signed_in):
    client = signed_in(carl)
    for _each in range(10):
        open_for(carl)
    ten = queries_of(client, where)
    for _each in range(10):
        open_for(carl)
    assert queries_of(client, where) == ten


def test_a_long_thread_costs_the_queries_of_a_short_one_and_stays_light(case, dana, maria, signed_in):
    client = signed_in(dana)
    where = f"/portal/cases/{case.number}/"
    answer(case, maria, NINE)
    short = queries_of(client, where)
    for number in range(25):
        answer(case, maria, NINE + timedelta(minutes=number + 1))
    assert queries_of(client, where) == short
    assert short <= 30
    assert len(client.get(where).content) < HEAVIEST


def test_a_customer_hears_only_of_what_is_his(case, dana, nora):
    assert may_listen(dana, f"portal_case:{case.pk}")
    assert not may_listen(nora, f"portal_case:{case.pk}")
    assert not may_listen(dana, f"case:{case.pk}")


def test_only_what_customers_may_read_of_a_case_is_told():
    assert set(WORDS) <= set(kinds_customers_see())


def test_hostile_words_are_words(dana, signed_in):
    case = open_for(dana, subject="<script>alert(1)</script>")
    for where in ("/portal/", "/portal/cases/", f"/portal/cases/{case.number}/"):
        assert "<script>alert(1)" not in signed_in(dana).get(where).content.decode()
