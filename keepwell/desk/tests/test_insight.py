"""The pages of Insight: what they print is what was counted, and every figure has a name."""

from __future__ import annotations

from datetime import timedelta

import pytest

from keepwell.calendars.models import WorkingCalendar
from keepwell.cases.models import Case
from keepwell.cases.new_case import NewCase
from keepwell.cases.tests.elm_falls import ENOUGH
from keepwell.cases.verbs.escalating import Destination, accept, escalate
from keepwell.cases.verbs.opening import open_case
from keepwell.cases.verbs.replying import Reply, reply
from keepwell.conversations.verbs.releasing import release
from keepwell.conversations.words import Words
from keepwell.desk.tests.named_figures import read
from keepwell.desk.tests.people import queries_of
from keepwell.insight.guidelines.pictures import curve_picture
from keepwell.insight.models import WhatIf
from keepwell.insight.what_if import answering
from keepwell.kit import clock
from keepwell.service_levels.measuring import figures_of, present_window
from keepwell.service_levels.models import Guideline, GuidelineVersion
from keepwell.service_levels.verbs.guidelines import watch_all_of
from tests import cast

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def lead(client):
    client.force_login(cast.lea_the_lead())
    return client


@pytest.fixture
def cases(clock_at):
    """cases(3): so many High cases of Dana, opened hour by hour; the even ones are solved in an hour."""

    def make(count: int) -> list[Case]:
        dana, maria = cast.dana_at_elm_falls(), cast.maria_the_specialist()
        return [_case(dana, maria, place, clock.now()) for place in range(count)]

    clock_at("2026-06-09T12:00:00Z")
    watch_all_of(cast.the_guidelines(), by=cast.CAST)
    return make


def _case(dana, maria, place, now):
    words = Words(body="Nothing can be saved.", channel="portal")
    new = NewCase(subject=f"Gate {place}", contact=dana.contact, severity="high", words=words)
    began = now + timedelta(hours=place)
    case = open_case(new, by=dana, at=began)
    if place % 2 == 0:
        written = Reply(words=Words(body="Done."), intention="resolve", undo_for=timedelta(0))
        release(reply(case, written, by=maria, at=began + timedelta(hours=1)), at=began + timedelta(hours=1))
    return case


def test_the_table_has_each_promise_with_its_figures(lead, cases, clock_at):
    cases(4)
    clock_at("2026-06-09T18:00:00Z")
    page = lead.get("/desk/insight/")
    found = read(page)
    assert found.nameless == []
    assert found.figures["figure-resolution-high-clocks"] == "4"
    assert found.figures["figure-resolution-high-missed"] == "0"
    assert found.figures["figure-overall-any-clocks"] == "4"
    assert "85% of cases within 24 hours" in page.content.decode()


def test_a_guideline_prints_what_was_counted_and_leads_to_it(lead, cases, clock_at):
    cases(4)
    clock_at("2026-06-10T13:30:00Z")  # the first open one is due at one o'clock
    page = lead.get(_address("Resolution, High"))
    found = read(page)
    assert found.nameless == []
    counted = {name: found.figures[f"figure-{name}"] for name in ("clocks", "met", "missed", "undecided")}
    assert counted == {"clocks": "4", "met": "2", "missed": "1", "undecided": "1"}
    assert float(found.figures["figure-kept"]) == pytest.approx(0.5)
    missed = lead.get(_address("Resolution, High") + "cases/missed/").content.decode()
    assert "Gate 1" in missed
    assert "Gate 3" not in missed


def test_the_curve_is_drawn_as_far_as_a_clock_was_watched(lead, cases):
    """The even one was solved at a twenty-fourth of the day; the odd one has been open for eleven hours."""
    cases(2)
    version, at = GuidelineVersion.objects.get(guideline__name="Resolution, High"), clock.now() + 12 * HOUR
    chart = curve_picture(figures_of(version, present_window(version, at), at=at))
    assert [step["used"] for step in chart.spec["datasets"]["steps"]] == pytest.approx([0, 1 / 24, 11 / 24])
    assert len(chart.table.rows) == 2


def test_another_window_is_asked_for_by_a_day_in_it(lead, cases, clock_at):
    cases(2)
    clock_at("2026-07-02T12:00:00Z")
    assert read(lead.get(_address("Resolution, High"))).figures["figure-clocks"] == "0"
    june = read(lead.get(_address("Resolution, High") + "?on=2026-06-30"))
    assert june.figures["figure-clocks"] == "2"


def test_what_is_no_day_is_said_and_the_present_window_shown(lead, cases):
    cases(1)
    page = lead.get(_address("Resolution, High") + "?on=sometime")
    assert page.status_code == 200
    assert "is no day" in page.content.decode()


@pytest.mark.parametrize(
    "group", ["clocks", "met", "missed", "undecided", "void", "corrected", "entered_later"]
)
def test_every_group_of_cases_can_be_looked_at(lead, cases, group):
    cases(2)
    assert lead.get(_address("Resolution, High") + f"cases/{group}/?level=1").status_code == 200


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("figures.csv", b"\xef\xbb\xbf"),
        ("figures.xlsx", b"PK"),
        ("curve.png", b"\x89PNG"),
        ("budget.svg", b"<svg"),
    ],
)
def test_what_stands_there_can_be_taken_away(lead, cases, clock_at, name, begins):
    cases(3)
    clock_at("2026-06-10T13:30:00Z")
    answer = lead.get(_address("Resolution, High") + name)
    assert answer.status_code == 200
    assert answer.getvalue().startswith(begins)


@pytest.mark.parametrize("name", ["figures.doc", "luck.png", "curve.gif"])
def test_what_cannot_be_taken_away_is_not_found(lead, cases, name):
    cases(1)
    assert lead.get(_address("Resolution, High") + name).status_code == 404


def test_a_group_that_is_none_is_not_found(lead, cases):
    cases(1)
    assert lead.get(_address("Resolution, High") + "cases/lucky/").status_code == 404


@pytest.mark.parametrize("where", ["", "cases/clocks/"])
def test_it_costs_the_same_queries_at_ten_cases_and_twenty(lead, cases, where):
    cases(10)
    address = _address("Resolution, High") + where
    few = queries_of(lead, address)
    cases(10)
    assert queries_of(lead, address) == few


def test_without_anything_watched_it_says_what_belongs_there(lead):
    cast.the_guidelines()
    assert "Nothing is promised yet" in lead.get("/desk/insight/").content.decode()


def _address(name: str) -> str:
    return f"/desk/insight/guidelines/{Guideline.objects.get(name=name).pk}/"


WHAT_IF = {
    "unit": "hours",
    "objective": "85",
    "pauses": "on",
    "high": "high",
    "normal": "normal",
    "low": "low",
}


def _tried(lead, part="", **given):
    calendar = WorkingCalendar.objects.get().pk
    address = f"{_address('Resolution, High')}what-if/{part}"
    return lead.get(address, {**WHAT_IF, "calendar": calendar, **given})


def test_under_another_promise_the_same_history_is_told_beside_what_was(lead, cases, clock_at):
    cases(4)
    clock_at("2026-06-10T13:30:00Z")
    found = read(_tried(lead, amount="48", objective="80"))
    assert found.nameless == []
    assert (found.figures["figure-was-missed"], found.figures["figure-would-missed"]) == ("1", "0")
    assert (found.figures["figure-was-objective"], found.figures["figure-would-objective"]) == ("0.85", "0.8")


@pytest.mark.parametrize("part", ["level", "team"])
def test_narrowed_to_a_part_both_sides_are_of_that_part(lead, cases, clock_at, part):
    taken = cases(4)[1]
    theo, later = cast.theo_at_level_two(), clock.now() + timedelta(hours=2)
    escalate(
        taken, Destination(level=2, team=cast.team_at(2)), ENOUGH, by=cast.maria_the_specialist(), at=later
    )
    accept(taken, by=theo, at=later)
    clock_at("2026-06-10T13:30:00Z")
    narrowed = {part: {"level": 2, "team": cast.team_at(2).pk}[part]}
    guideline = read(lead.get(_address("Resolution, High"), narrowed)).figures
    tried = _tried(lead, amount="48", **narrowed)
    found = read(tried).figures
    for name in ("kept", "kept-low", "kept-high", "clocks", "met", "missed", "undecided"):
        assert found[f"figure-was-{name}"] == guideline[f"figure-{name}"], name
    assert (found["figure-was-clocks"], found["figure-would-clocks"]) == ("1", "1")
    assert (found["figure-was-missed"], found["figure-would-missed"]) == ("1", "0")
    assert f'name="{part}" value="{narrowed[part]}"' in tried.content.decode()


def test_the_form_begins_with_what_is_promised_as_one_writes_it(lead, cases):
    cases(1)
    page = lead.get(f"{_address('Initial contact, High')}what-if/").content.decode()
    assert 'value="6"' in page
    assert 'value="100"' in page


def test_what_cannot_be_promised_is_said_beside_it(lead, cases):
    cases(1)
    page = _tried(lead, amount="0").content.decode()
    assert "As it was" not in page
    assert "0.001" in page


def test_of_many_cases_the_page_says_how_far_it_is_and_then_what_came_of_it(
    lead, cases, clock_at, monkeypatch
):
    cases(4)
    clock_at("2026-06-10T13:30:00Z")
    monkeypatch.setattr(answering, "MANY", 2)
    waiting = _tried(lead, amount="48").content.decode()
    assert "Waiting for a worker" in waiting
    assert "0 of 4" in waiting
    WhatIf.objects.update(replayed=3, moved_at=clock.now())
    assert "3 of 4" in _tried(lead, amount="48").content.decode()
    answering.work_out(WhatIf.objects.get().pk)
    for part in ("", "compared/"):
        page = _tried(lead, part, amount="48")
        figures = read(page).figures
        assert (figures["figure-was-missed"], figures["figure-would-missed"]) == ("1", "0")
        assert "it can be read at this address until" in page.content.decode()


def test_one_that_broke_off_is_said_and_can_be_asked_again(lead, cases, clock_at, monkeypatch):
    cases(4)
    monkeypatch.setattr(answering, "MANY", 2)
    page = _tried(lead, amount="48")
    WhatIf.objects.update(failed_at=clock.now())
    broken = _tried(lead, amount="48").content.decode()
    assert "It could not be worked out" in broken
    assert "hx-trigger" not in broken.partition('id="compared"')[2].partition(">")[0]
    address = page.wsgi_request.get_full_path()
    assert lead.post(address).headers["Location"] == address
    assert "Waiting for a worker" in lead.get(address).content.decode()
