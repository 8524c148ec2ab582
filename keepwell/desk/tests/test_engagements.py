"""Engagements at the desk: what is done on their pages, and what a list costs."""

from __future__ import annotations

import pytest
from django.urls import reverse

from keepwell.customers.models import Account
from keepwell.customers.queries import contact_of
from keepwell.desk.tests.people import queries_of, signed_in
from keepwell.people.models import User
from keepwell.success.engagements.models import BusyCalendar, Engagement, Touch
from keepwell.success.engagements.new_engagement import NewEngagement
from keepwell.success.engagements.tests.elm_falls import NEXT_WEEK, NINE
from keepwell.success.engagements.verbs.acting import NewAction, add_action
from keepwell.success.engagements.verbs.beginning import begin
from keepwell.success.engagements.verbs.feeding import feed_of
from keepwell.success.engagements.verbs.logging import Logged, log
from keepwell.success.engagements.verbs.scheduling import schedule
from keepwell.success.engagements.verbs.writing import note_for_us
from tests import cast


@pytest.fixture(autouse=True)
def nine_in_the_morning(clock_at, db) -> None:
    clock_at(NINE)
    cast.the_guidelines()


@pytest.fixture
def sam() -> User:
    return cast.sam_the_success_manager()


@pytest.fixture
def desk(sam):
    return signed_in(sam)


@pytest.fixture
def account() -> Account:
    return cast.elm_falls()


def proposed(account: Account, sam: User) -> Engagement:
    dana = contact_of(cast.dana_at_elm_falls())
    return begin(account, NewEngagement(kind="training", host=sam, contacts=(dana,)), by=sam)


def test_a_call_is_logged_by_one_form_on_the_page_of_the_account(desk, account):
    page = desk.get(reverse("desk:account_engagements", args=[account.pk]))
    assert 'name="words"' in page.content.decode()
    answer = desk.post(
        reverse("desk:account_log", args=[account.pk]), {"way": "call", "words": "Wants maps."}
    )
    assert answer.status_code == 302
    assert Touch.objects.get().body == "Wants maps."
    again = desk.post(reverse("desk:account_log", args=[account.pk]), {"way": "call", "words": " "})
    assert (again.status_code, Touch.objects.count()) == (422, 1)


def test_times_are_offered_from_a_list_and_the_engagement_shows_them(desk, account, sam):
    engagement = proposed(account, sam)
    act = reverse("desk:engagement_act", args=[engagement.pk, "times"])
    page = desk.get(act).content.decode()
    assert page.count('type="checkbox" name="times"') == 5
    later = desk.get(f"{act}?after=2026-06-16T14%3A00%3A00%2B00%3A00").content.decode()
    assert "2026-06-10" not in later
    assert desk.get(f"{act}?after=9999-12-31T23:59:59%2B00:00").status_code == 200
    first = "2026-06-10T14:00:00+00:00"
    dana = cast.dana_at_elm_falls().contact.pk
    assert desk.post(act, {"times": ["2026-01-01T00:00:00+00:00"], "contacts": [dana]}).status_code == 422
    assert desk.post(act, {"times": [first], "contacts": [dana]}).status_code == 302
    assert engagement.offered.get().starts_at.isoformat() == first
    assert "Times on offer" in desk.get(reverse("desk:engagement", args=[engagement.pk])).content.decode()


def test_from_a_time_to_its_end_by_the_buttons_of_the_page(desk, account, sam, clock_at):
    engagement = proposed(account, sam)

    def act(name: str, **given: object) -> int:
        return desk.post(reverse("desk:engagement_act", args=[engagement.pk, name]), given).status_code

    assert act("time", starts_at="2026-06-16T14:00", minutes=60) == 302
    assert act("holding") == 422
    engagement.refresh_from_db()
    clock_at(engagement.starts_at)
    assert act("holding") == 302
    assert act("closing", outcome="reached") == 422
    assert act("action", what="Send the maps", who=f"user:{sam.pk}", due_on="2026-06-30") == 302
    assert act("closing", outcome="reached", minutes_used=60) == 302
    engagement.refresh_from_db()
    assert (engagement.state, engagement.has_next_step, engagement.minutes_used) == ("closed", True, 60)
    assert desk.get(reverse("desk:engagement_act", args=[engagement.pk, "nonsense"])).status_code == 404


def test_lists_cost_the_same_for_twenty_as_for_ten(desk, account, sam):
    addresses = [
        reverse("desk:engagements"),
        reverse("desk:account_engagements", args=[account.pk]),
        reverse("desk:today"),
    ]

    def ten_more(start: int) -> None:
        for number in range(start, start + 10):
            engagement = proposed(account, sam)
            note_for_us(engagement, f"Note {number}", by=sam)
            due_on = NEXT_WEEK.date()
            add_action(engagement, NewAction(what=f"Do {number}", due_on=due_on, user=sam), by=sam)
            schedule(
                engagement, NEXT_WEEK.replace(hour=number // 2, minute=number % 2 * 30), minutes=30, by=sam
            )
            log(account, Logged(way="note", words=f"Note {number}"), by=sam)

    ten_more(0)
    costs = [queries_of(desk, address) for address in addresses]
    ten_more(10)
    assert [queries_of(desk, address) for address in addresses] == costs


def test_the_calendars_of_the_reader_are_his_to_make_and_to_close(desk, sam):
    busy = {"address": "calendar.example/sam.ics"}
    assert desk.post(reverse("desk:my_busy_calendar"), {"address": "http://x.example"}).status_code == 422
    assert desk.post(reverse("desk:my_busy_calendar"), busy).status_code == 302
    assert BusyCalendar.objects.get().user == sam
    assert "calendar.example" not in desk.get(reverse("desk:my_calendars")).content.decode()
    for act in ("opening", "ending", "closing"):
        assert desk.post(reverse("desk:my_calendar_act", args=[act])).status_code == 302
    assert (feed_of(sam), BusyCalendar.objects.exists()) == (None, False)


def test_on_today_it_stands_for_those_who_hold_them_alone(desk, account, sam):
    schedule(proposed(account, sam), NEXT_WEEK - (NEXT_WEEK - NINE) / 2, by=sam)
    assert "With your customers this week" in desk.get(reverse("desk:today")).content.decode()
    maria = signed_in(cast.maria_the_specialist())
    assert "With your customers" not in maria.get(reverse("desk:today")).content.decode()
