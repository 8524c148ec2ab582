"""The promises on paper: the same figures as the page, and names that are letters and nothing else."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest

from keepwell.cases.new_case import NewCase
from keepwell.cases.verbs.opening import open_case
from keepwell.cases.verbs.replying import Reply, reply
from keepwell.conversations.verbs.releasing import release
from keepwell.conversations.words import Words
from keepwell.customers.verbs.products import add_product
from keepwell.desk.tests.people import queries_of
from keepwell.kit import clock, documents
from keepwell.service_levels.verbs.guidelines import Watched, create_guideline
from tests import cast

pytestmark = pytest.mark.django_db

REPORT = "/desk/insight/report.pdf"
HOSTILE = '#panic("acted") *bold* = $ 1/0 $'


@pytest.fixture
def lead(client):
    client.force_login(cast.lea_the_lead())
    return client


@pytest.fixture
def watched(clock_at):
    """Resolution of High, 85 % within 24 hours."""
    clock_at("2026-06-09T12:00:00Z")
    return cast.resolution_of_high()


def have_cases(count: int) -> None:
    """So many of Dana, opened hour by hour; every second one is solved in an hour."""
    dana, maria = cast.dana_at_elm_falls(), cast.maria_the_specialist()
    for place in range(count):
        words = Words(body="Nothing can be saved.", channel="portal")
        began = clock.now() + timedelta(hours=place)
        case = open_case(
            NewCase(subject="Gate", contact=dana.contact, severity="high", words=words), by=dana, at=began
        )
        if place % 2 == 0:
            done, written = began + timedelta(hours=1), Words(body="Done.")
            answer = Reply(words=written, intention="resolve", undo_for=timedelta(0))
            release(reply(case, answer, by=maria, at=done), at=done)


@pytest.fixture
def letters(monkeypatch):
    """The letters of the last report, as Typst sets them in HTML."""
    said: list[str] = []
    really = documents._set

    def watching(template, data, pictures, form):
        page = really(template, data, pictures, {"format": "html"}).decode()
        said[:] = [" ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())]
        return really(template, data, pictures, form)

    monkeypatch.setattr(documents, "_set", watching)
    return said


def test_it_says_what_was_promised_what_was_kept_and_of_when(lead, watched, clock_at, letters):
    have_cases(4)
    clock_at("2026-06-10T13:30:00Z")
    answer = lead.get(REPORT)
    assert answer.content.startswith(b"%PDF-")
    assert answer["Content-Disposition"] == 'attachment; filename="promises-2026-06-01.pdf"'
    [said] = letters
    assert "system down or another dire situation" in said
    assert "85% of cases within 24 hours" in said
    assert "of 4, 1 missed" in said
    assert "1 Jun 2026 – 30 Jun 2026" in said
    assert "Wed 10 June 2026, 08:30 CDT" in said
    assert "all cases" in said
    assert "Met, missed and undecided clocks that started in the window." in said


def test_hostile_names_are_letters(lead, watched, letters):
    product = add_product(HOSTILE, by=cast.CAST)
    narrow = Watched(policy=cast.the_guidelines(), metric="resolution", severity="low", product=product)
    create_guideline(f"{HOSTILE} too", narrow, by=cast.CAST)
    assert lead.get(REPORT, {"product": product.pk}).content.startswith(b"%PDF-")
    assert f"Product: {HOSTILE}" in letters[0]
    assert f"{HOSTILE} too" in letters[0]


def test_another_window_is_asked_for_by_a_day_in_it(lead, watched, clock_at, letters):
    clock_at("2026-07-02T12:00:00Z")
    lead.get(REPORT, {"on": "2026-06-30"})
    assert "1 Jun 2026 – 30 Jun 2026" in letters[0]


def test_a_guideline_has_a_paper_of_its_own(lead, watched, letters):
    have_cases(1)
    answer = lead.get(f"/desk/insight/guidelines/{watched.pk}/report.pdf")
    assert answer.content.startswith(b"%PDF-")
    assert "Resolution, High" in letters[0]
    assert "Over all" not in letters[0]


def test_nothing_watched_is_no_report(lead):
    cast.the_guidelines()
    assert lead.get(REPORT).status_code == 404


def test_the_page_leads_to_it_narrowed_as_it_is(lead, watched):
    product = cast.roadworks()
    page = lead.get("/desk/insight/", {"product": product.pk, "on": "2026-05-31"}).content.decode()
    assert f'href="{REPORT}?product={product.pk}&amp;on=2026-05-31"' in page


def test_it_costs_the_same_queries_at_three_cases_and_six(lead, watched):
    counts = []
    for _more in range(2):
        have_cases(3)
        counts.append(queries_of(lead, REPORT))
    assert counts[0] == counts[1]
