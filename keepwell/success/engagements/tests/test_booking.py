"""Times are offered, and the first who chooses one has it."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from keepwell.calendars.verbs.publishing import create_calendar
from keepwell.kit.signed_links import token
from keepwell.people.permits import NotPermitted
from keepwell.staffing.verbs.absence import take_time_off
from keepwell.success.engagements.models import BookingLink, BusyCalendar, Engagement, State
from keepwell.success.engagements.proposing import proposal
from keepwell.success.engagements.refusals import EngagementRefused, LinkDead, NotOfThisAccount, TimeTaken
from keepwell.success.engagements.tests.elm_falls import (
    DAY,
    HOUR,
    NEXT_WEEK,
    NINE,
    event_in,
    mails_to,
    proposed,
    scheduled,
    text_of,
)
from keepwell.success.engagements.verbs.booking import (
    book,
    choose,
    link_of,
    offer_times,
    revoke_links,
    still_free,
    token_of,
)
from keepwell.success.engagements.verbs.ending import cancel
from keepwell.success.engagements.verbs.meeting_hours import set_meeting_hours
from keepwell.success.engagements.verbs.scheduling import schedule
from tests import cast

CHICAGO = ZoneInfo("America/Chicago")


def walls(spans):
    return [begins.astimezone(CHICAGO).strftime("%a %d %H:%M") for begins, _ends in spans]


def offered(engagement, sam, *people):
    contacts = [person.contact for person in people]
    return offer_times(engagement, proposal(engagement, now=NINE), contacts, by=sam)


def test_times_are_a_day_ahead_in_the_hours_of_both(engagement):
    assert walls(proposal(engagement, now=NINE)) == [
        "Wed 10 09:00",
        "Thu 11 12:00",
        "Fri 12 08:00",
        "Mon 15 12:00",
        "Tue 16 08:00",
    ]


def test_days_off_other_engagements_and_a_calendar_kept_elsewhere_are_left_out(
    engagement, account, sam, dana
):
    take_time_off(sam, date(2026, 6, 10), date(2026, 6, 11), kind="holiday", by=cast.CAST)
    friday = NINE + 3 * DAY
    schedule(proposed(account, sam), friday - HOUR, minutes=180, by=sam)
    monday = NINE + 6 * DAY
    busy = [[(monday - HOUR).isoformat(), (monday + 8 * HOUR).isoformat()]]
    BusyCalendar.objects.create(user=sam, sealed_url="x", busy=busy, subscribed_at=NINE)
    assert walls(proposal(engagement, now=NINE))[:2] == ["Fri 12 11:00", "Tue 16 12:00"]


def test_the_customers_own_week_and_closed_days_count_on_his_own_wall(engagement, account, sam):
    hours = {
        "timezone": "Europe/Berlin",
        "hours": {"mon": [["13:00", "15:00"]], "fri": [["09:00", "12:00"]]},
        "exceptions": {"2026-06-12": []},
    }
    set_meeting_hours(account, create_calendar("Half weeks", hours, by=cast.CAST), by=sam)
    assert walls(proposal(engagement, now=NINE))[:2] == ["Mon 15 13:00", "Fri 19 09:00"]
    set_meeting_hours(account, None, by=sam)
    assert walls(proposal(engagement, now=NINE))[0] == "Wed 10 09:00"


def test_nobody_to_hold_it_means_no_times(account, sam, engagement):
    Engagement.objects.filter(pk=engagement.pk).update(host=None)
    engagement.refresh_from_db()
    assert proposal(engagement, now=NINE) == []


def test_each_is_sent_a_link_of_his_own_and_the_first_to_choose_books(engagement, sam, dana):
    carl = cast.carl_the_administrator_of_elm_falls()
    offered(engagement, sam, dana, carl)
    assert engagement.state == State.PROPOSED
    first, second = BookingLink.objects.order_by("pk")
    (mail,) = mails_to("dana@elmfalls.example")
    assert f"/book/{token_of(first)}/" in text_of(mail)
    assert token_of(second) not in text_of(mail)
    assert link_of(token_of(first)) == first
    chosen = still_free(engagement, at=NINE)[1].starts_at
    booked = book(first, chosen)
    assert (booked.state, booked.starts_at) == (State.SCHEDULED, chosen)
    assert event_in(mails_to("carl@elmfalls.example")[-1]).start == chosen
    for link in (first, second):
        with pytest.raises(LinkDead):
            book(link, chosen)


def test_two_bookers_for_one_time_of_one_host_the_second_is_offered_the_rest(engagement, account, sam, dana):
    other = proposed(account, sam, dana)
    offered(engagement, sam, dana)
    offered(other, sam, cast.carl_the_administrator_of_elm_falls())
    one, two = BookingLink.objects.order_by("pk")
    times = [time.starts_at for time in still_free(other, at=NINE)]
    book(one, times[0])
    with pytest.raises(TimeTaken) as taken:
        book(two, times[0])
    assert [time.starts_at for time in taken.value.rest] == times[1:]
    assert book(two, times[1]).state == State.SCHEDULED


@pytest.mark.django_db(transaction=True)
def test_two_at_the_very_same_moment_and_one_has_it(account, sam, dana, clock_at):
    first, second = proposed(account, sam, dana), proposed(account, sam, dana)
    for engagement in (first, second):
        offered(engagement, sam, dana)
    links = list(BookingLink.objects.order_by("pk"))
    at = still_free(first, at=NINE)[0].starts_at
    came, together = [], threading.Barrier(2)

    def choose_it(link):
        together.wait()
        try:
            book(link, at)
            came.append("booked")
        except TimeTaken:
            came.append("taken")
        finally:
            connection.close()

    threads = [threading.Thread(target=choose_it, args=(link,)) for link in links]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(came) == ["booked", "taken"]
    assert Engagement.objects.filter(state=State.SCHEDULED).count() == 1


def test_a_time_that_was_not_offered_is_not_booked(engagement, sam, dana):
    offered(engagement, sam, dana)
    with pytest.raises(TimeTaken):
        book(BookingLink.objects.get(), NEXT_WEEK + 3 * HOUR)


def test_what_his_own_calendar_took_meanwhile_is_not_booked(engagement, sam, dana):
    offered(engagement, sam, dana)
    first, second = still_free(engagement, at=NINE)[:2]
    busy = [[first.starts_at.isoformat(), first.ends_at.isoformat()]]
    BusyCalendar.objects.create(user=sam, sealed_url="x", busy=busy, subscribed_at=NINE)
    assert still_free(engagement, at=NINE)[0] == second
    with pytest.raises(TimeTaken):
        book(BookingLink.objects.get(), first.starts_at)


def test_a_link_ends_by_time_by_word_by_a_new_offer_and_with_the_engagement(engagement, account, sam, dana):
    offered(engagement, sam, dana)
    link = BookingLink.objects.get()
    times = still_free(engagement, at=NINE)
    assert link.expires_at == times[-1].starts_at
    with pytest.raises(LinkDead):
        book(link, times[0].starts_at, at=link.expires_at)
    offered(engagement, sam, dana)
    with pytest.raises(LinkDead):
        book(link, times[0].starts_at)
    assert revoke_links(engagement, by=sam) == 1
    assert revoke_links(engagement, by=sam) == 0
    offered(engagement, sam, dana)
    newest = BookingLink.objects.latest("pk")
    cancel(engagement, by=sam)
    with pytest.raises(LinkDead):
        book(newest, times[0].starts_at)


@pytest.mark.parametrize("written", ["", "1", "1:x", "nothing", "0:AAAA"])
def test_an_address_that_was_not_made_here_leads_nowhere(written, engagement):
    assert link_of(written) is None


def test_an_address_made_for_another_purpose_leads_nowhere(engagement, sam, dana):
    offered(engagement, sam, dana)
    link = BookingLink.objects.get()
    assert link_of(token("calendar", link.pk)) is None
    assert link_of(token_of(link)[:-1] + "x") is None


def test_somebody_signed_in_chooses_on_his_page(engagement, sam, dana):
    offered(engagement, sam, dana)
    with pytest.raises(NotPermitted):
        choose(engagement, still_free(engagement, at=NINE)[0].starts_at, by=sam)
    assert choose(engagement, still_free(engagement, at=NINE)[0].starts_at, by=dana).state == State.SCHEDULED


def test_an_offer_needs_a_time_ahead_and_somebody_to_write_to(engagement, account, sam, dana, nora):
    times = proposal(engagement, now=NINE)
    with pytest.raises(EngagementRefused):
        offer_times(engagement, [], [dana.contact], by=sam)
    with pytest.raises(EngagementRefused):
        offer_times(engagement, times, [], by=sam)
    with pytest.raises(NotOfThisAccount):
        offer_times(engagement, times, [nora.contact], by=sam)
    assert scheduled(account, sam, dana, at=NEXT_WEEK + timedelta(days=1)).offered.count() == 0
