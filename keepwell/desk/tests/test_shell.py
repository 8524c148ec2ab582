from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from keepwell.calendars.verbs.publishing import create_calendar
from keepwell.desk import house
from keepwell.desk.tests.people import BY_TEST, person, signed_in
from keepwell.kit import condition
from keepwell.kit.condition import Underway
from keepwell.people.models import Role
from keepwell.staffing.models import StaffProfile
from keepwell.staffing.verbs.profiling import set_profile

pytestmark = pytest.mark.django_db

OFFICE_DAYS = ("mon", "tue", "wed", "thu", "fri")
HOURS = {
    "timezone": "America/Chicago",
    "hours": {day: [["07:00", "19:00"]] for day in OFFICE_DAYS},
    "exceptions": {},
}


@pytest.fixture(autouse=True)
def _look_again():
    house.look_again()


def test_a_stranger_is_asked_to_sign_in():
    response = Client().get("/desk/me/")
    assert response.status_code == 302
    assert response.headers["Location"] == "/accounts/login/?next=/desk/me/"


def test_a_part_of_a_page_fetched_after_signing_out_is_answered_401():
    response = Client().get("/desk/support-hours/", headers={"HX-Request": "true"})
    assert response.status_code == 401


@pytest.mark.parametrize("role", [Role.CUSTOMER_USER, Role.CUSTOMER_ADMINISTRATOR])
def test_for_a_customer_there_is_no_desk(role):
    client = signed_in(person(role))
    for address in ("home", "me", "palette", "support_hours", "condition", "settings"):
        assert client.get(reverse(f"desk:{address}")).status_code == 404


def test_the_desk_leads_to_the_first_place_of_the_rail():
    response = signed_in(person(Role.SPECIALIST)).get("/desk/", follow=True)
    assert response.status_code == 200


def test_the_support_hours_are_said_in_the_zone_of_support(clock_at):
    clock_at("2026-06-09T12:30:00Z")
    create_calendar("Support hours", HOURS, by=BY_TEST, is_default=True)
    page = signed_in(person(Role.SPECIALIST)).get("/desk/me/").content.decode()
    assert "Open until 19:00 CDT" in page


def test_without_a_calendar_nothing_is_said_of_hours():
    page = signed_in(person(Role.SPECIALIST)).get("/desk/support-hours/").content.decode()
    assert "Open" not in page


def test_a_worker_that_does_not_run_is_said_on_the_page():
    page = signed_in(person(Role.SPECIALIST)).get("/desk/condition/").content.decode()
    assert "No worker runs" in page


def test_a_long_work_says_how_far_it_is(monkeypatch):
    going_on = Underway(words="Three months are being played", done=12, total=40)
    monkeypatch.setattr(condition, "_works", [lambda: going_on])
    page = signed_in(person(Role.SPECIALIST)).get("/desk/condition/").content.decode()
    assert "Three months are being played" in page
    assert "12 of 40" in page
    assert "every 10s" in page


def test_what_is_said_of_the_installation_lies_in_a_landmark():
    page = signed_in(person(Role.SPECIALIST)).get("/desk/me/").content.decode()
    before, _condition, _after = page.partition('<div id="condition"')
    assert re.search(r'<section class="desk-banners" aria-label="[^"]+">$', before)


def test_without_a_long_work_nothing_is_asked_again(monkeypatch):
    monkeypatch.setattr(condition, "_works", [lambda: None])
    page = signed_in(person(Role.SPECIALIST)).get("/desk/condition/").content.decode()
    assert "every 10s" not in page


def test_somebody_says_where_he_is():
    maria = person(Role.SPECIALIST)
    set_profile(maria, title="Specialist", level=1, by=BY_TEST)
    page = signed_in(maria).post("/desk/me/presence/", {"presence": "busy"}, headers={"HX-Request": "true"})
    assert 'data-presence="busy"' in page.content.decode()
    assert StaffProfile.objects.get(user=maria).presence == "busy"


def test_an_unknown_presence_changes_nothing():
    maria = person(Role.SPECIALIST)
    set_profile(maria, title="Specialist", level=1, by=BY_TEST)
    signed_in(maria).post("/desk/me/presence/", {"presence": "on the moon"})
    assert StaffProfile.objects.get(user=maria).presence == "away"


def test_somebody_chooses_his_name_zone_and_language():
    maria = person(Role.SPECIALIST)
    wanted = {"name": "Maria Ruiz", "time_zone": "Europe/Madrid", "locale": "en"}
    assert signed_in(maria).post("/desk/me/", wanted).status_code == 302
    maria.refresh_from_db()
    assert (maria.name, maria.time_zone, maria.locale) == ("Maria Ruiz", "Europe/Madrid", "en")


def test_an_unknown_zone_is_said_beside_the_field():
    response = signed_in(person(Role.SPECIALIST)).post(
        "/desk/me/", {"name": "Maria", "time_zone": "Mars/Olympus"}
    )
    assert response.status_code == 422
    assert response.context["form"].errors["time_zone"]


def test_the_palette_leads_only_where_the_reader_may_go():
    of_specialist = signed_in(person(Role.SPECIALIST)).get("/desk/palette.json").json()["answers"]
    assert "Settings" not in [answer["label"] for answer in of_specialist]
