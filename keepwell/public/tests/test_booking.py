"""Choosing a time by the link from our mail, without signing in; and the calendar at its secret address."""

from __future__ import annotations

import pytest
from django.test import Client
from icalendar import Calendar

from keepwell.customers.models import Contact
from keepwell.success.engagements.models import BookingLink, Engagement
from keepwell.success.engagements.new_engagement import NewEngagement
from keepwell.success.engagements.proposing import proposal
from keepwell.success.engagements.tests.elm_falls import NINE
from keepwell.success.engagements.verbs.beginning import begin
from keepwell.success.engagements.verbs.booking import book, offer_times, still_free, token_of
from keepwell.success.engagements.verbs.feeding import address_of, close_feed, open_feed
from tests import cast


@pytest.fixture(autouse=True)
def nine_in_the_morning(clock_at, db) -> None:
    clock_at(NINE)
    cast.the_guidelines()


def offered(*people) -> Engagement:
    sam, account = cast.sam_the_success_manager(), cast.elm_falls()
    contacts: list[Contact] = [person.contact for person in people]
    new = NewEngagement(kind="training", host=sam, contacts=tuple(contacts))
    engagement = begin(account, new, by=sam)
    return offer_times(engagement, proposal(engagement, now=NINE), contacts, by=sam)


def page_of(link: BookingLink) -> str:
    return f"/book/{token_of(link)}/"


def test_looking_changes_nothing_and_one_press_books():
    engagement = offered(cast.dana_at_elm_falls())
    visitor, link = Client(), BookingLink.objects.get()
    for _look in range(2):
        shown = visitor.get(page_of(link)).content.decode()
        # On Dana's wall, in Chicago.
        assert "09:00" in shown
        assert shown.count('name="starts_at"') == 5
    engagement.refresh_from_db()
    assert engagement.state == "proposed"
    starts_at = still_free(engagement, at=NINE)[0].starts_at
    booked = visitor.post(page_of(link), {"starts_at": starts_at.isoformat()})
    assert (booked.status_code, "Booked" in booked.content.decode()) == (200, True)
    engagement.refresh_from_db()
    assert (engagement.state, engagement.starts_at) == ("scheduled", starts_at)
    again = visitor.post(page_of(link), {"starts_at": starts_at.isoformat()})
    assert again.status_code == 422


def test_the_second_for_one_time_is_told_and_offered_the_rest():
    first, second = offered(cast.dana_at_elm_falls()), offered(cast.carl_the_administrator_of_elm_falls())
    one, two = BookingLink.objects.order_by("pk")
    times = [time.starts_at.isoformat() for time in still_free(second, at=NINE)]
    book(one, still_free(first, at=NINE)[0].starts_at)
    told = Client().post(page_of(two), {"starts_at": times[0]})
    shown = told.content.decode()
    assert (told.status_code, "This time was taken meanwhile" in shown) == (409, True)
    assert times[0] not in shown
    assert all(time in shown for time in times[1:])


@pytest.mark.parametrize("starts_at", ["", "tomorrow", "2026-06-10T09:00:00", "9999-12-31T23:59:59+00:00"])
def test_what_is_no_time_on_offer_books_nothing(starts_at):
    engagement = offered(cast.dana_at_elm_falls())
    answer = Client().post(page_of(BookingLink.objects.get()), {"starts_at": starts_at})
    assert answer.status_code in (409, 422)
    engagement.refresh_from_db()
    assert engagement.state == "proposed"


def test_a_guessed_address_leads_nowhere():
    offered(cast.dana_at_elm_falls())
    assert Client().get("/book/1:guessed/").status_code == 404
    assert Client().get("/calendar/1-0:guessed.ics").status_code == 404


def test_the_calendar_is_read_by_whoever_has_its_address_until_it_is_closed():
    dana = cast.dana_at_elm_falls()
    book_it = offered(dana)
    book(BookingLink.objects.get(), still_free(book_it, at=NINE)[0].starts_at)
    path = "/calendar/" + address_of(open_feed(dana, by=dana)).rpartition("/")[2]
    answer = Client().get(path)
    assert answer["Content-Type"].startswith("text/calendar")
    assert [str(event["SUMMARY"]) for event in Calendar.from_ical(answer.content).walk("VEVENT")] == [
        "Training"
    ]
    close_feed(dana, by=dana)
    assert Client().get(path).status_code == 404
