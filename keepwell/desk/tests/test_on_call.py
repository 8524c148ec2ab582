"""On call at the desk: the coming weeks, the turns, standing in, answering, Today."""

from __future__ import annotations

from datetime import date

import pytest

from keepwell.cases.severities import Severity
from keepwell.desk.tests.people import queries_of, signed_in
from keepwell.notices.tests.elm_falls import open_for, wall
from keepwell.staffing.models import CallOut, Rota, StandIn
from keepwell.staffing.verbs.absence import take_time_off
from keepwell.staffing.verbs.rotas import RotaTerms, set_rota, stand_in
from tests import cast

pytestmark = pytest.mark.django_db

PAGE = "/desk/on-call/"
TERMS = RotaTerms(name="Nights", time_zone="America/Chicago", starts_on=date(2026, 6, 8))


@pytest.fixture(autouse=True)
def at_night(clock_at):
    clock_at(wall("9 23:30"))


@pytest.fixture
def lea(db):
    cast.the_guidelines()
    return cast.lea_the_lead()


@pytest.fixture
def maria(db):
    return cast.maria_the_specialist()


@pytest.fixture
def rota(lea, maria):
    return set_rota(cast.team_at(1), TERMS, [maria, lea], by=lea)


def test_before_there_is_a_rota_the_page_says_what_it_is_for(lea):
    assert "whoever is on call is asked" in signed_in(lea).get(PAGE).content.decode()


def test_a_lead_sets_a_rota_by_its_form(lea, maria):
    browser = signed_in(lea)
    filled = {
        "name": "Nights",
        "team": cast.team_at(1).pk,
        "starts_on": "2026-06-08",
        "hands_over_at": "09:00",
        "weeks_each": "1",
        "time_zone": "America/Chicago",
        "from_at": "00:00",
        "until_at": "00:00",
        "answer_within_minutes": "20",
        "person_0": maria.pk,
        "person_1": lea.pk,
    }
    assert browser.post(f"{PAGE}new/", filled).status_code == 302
    made = Rota.objects.get()
    assert [place.user for place in made.places.all()] == [maria, lea]
    browser.post(f"{PAGE}{made.pk}/", {**filled, "person_0": lea.pk, "person_1": ""})
    assert [place.user for place in made.places.all()] == [lea]
    twice = browser.post(f"{PAGE}{made.pk}/", {**filled, "person_1": maria.pk})
    assert twice.status_code == 422


def test_the_page_says_who_is_on_call_now_and_who_comes_next(rota, maria):
    found = signed_in(maria).get(PAGE).context["coming"]
    assert [who.name for who in found.now] == ["Maria Petersen", "Lea Novak"]
    assert found.gaps == []
    assert len(found.weeks) == 4


def test_a_gap_stands_on_the_page_and_on_today_until_somebody_stands_in(rota, lea, maria):
    for who in (lea, maria):
        take_time_off(who, date(2026, 6, 9), date(2026, 6, 9), kind="illness", by=who)
    browser = signed_in(maria)
    assert browser.get(PAGE).context["coming"].gaps == [(wall("9 23:30"), wall("10 00:00"))]
    assert "Nobody is on call" in browser.get("/desk/today/").content.decode()
    stand_in(rota, cast.theo_at_level_two(), wall("9 23:00"), wall("10 07:00"), by=lea)
    assert "Nobody is on call" not in browser.get("/desk/today/").content.decode()


def test_one_offers_oneself_and_only_leads_choose_others(rota, maria, lea):
    hours = {"starts_at": "2026-06-10T04:00", "ends_at": "2026-06-10T09:00"}
    answer = signed_in(maria).post(f"{PAGE}{rota.pk}/stand-ins/", {"user": lea.pk, **hours})
    assert answer.status_code == 422
    assert not StandIn.objects.exists()
    assert signed_in(lea).post(f"{PAGE}{rota.pk}/stand-ins/", {"user": maria.pk, **hours}).status_code == 302
    assert signed_in(maria).post(f"{PAGE}{rota.pk}/", {}).status_code == 403


def test_who_is_asked_answers_by_one_button_and_a_link_alone_changes_nothing(rota, maria, lea):
    case = open_for(cast.dana_at_elm_falls(), severity=Severity.HIGH)
    asked = CallOut.objects.get()
    browser, address = signed_in(maria), f"/desk/call-outs/{asked.pk}/"
    assert address in browser.get("/desk/today/").content.decode()
    assert case.subject in browser.get(address).content.decode()
    assert CallOut.objects.get().ended_at is None
    assert signed_in(lea).post(address).status_code == 404
    assert browser.post(address).headers["Location"] == f"/desk/cases/{case.number}/"
    assert CallOut.objects.get().ending == "acknowledged"
    thread = browser.get(f"/desk/cases/{case.number}/").content.decode()
    assert "Maria Petersen, who is on call, was asked to look at it" in thread
    assert "Somebody on call looks, by Maria Petersen" in thread


def test_one_rota_and_three_cost_the_same_queries(rota, lea, maria):
    browser = signed_in(lea)
    one = queries_of(browser, PAGE)
    for number in (2, 3):
        terms = RotaTerms(**{**TERMS.__dict__, "name": f"Rota {number}"})
        set_rota(cast.team_at(1), terms, [lea, maria], by=lea)
    take_time_off(maria, date(2026, 6, 20), date(2026, 6, 21), kind="holiday", by=maria)
    assert queries_of(browser, PAGE) == one
