"""The calendar that one of ours keeps elsewhere, and the one that a person subscribes to here."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from icalendar import Calendar

from keepwell.customers.verbs.portal_access import withdraw_portal_access
from keepwell.journal.models import Entry
from keepwell.people.permits import NotPermitted
from keepwell.people.verbs.deactivating import deactivate
from keepwell.success.engagements.busy_times import CalendarUnreadable
from keepwell.success.engagements.feeding import calendar_of
from keepwell.success.engagements.fetching import checked_address, fetch
from keepwell.success.engagements.jobs import look_into_calendar
from keepwell.success.engagements.models import BusyCalendar, CalendarFeed
from keepwell.success.engagements.refusals import AddressOfCalendarRefused
from keepwell.success.engagements.tests.elm_falls import DAY, HOUR, NEXT_WEEK, NINE, proposed, scheduled
from keepwell.success.engagements.tests.test_busy_times import calendar
from keepwell.success.engagements.verbs.acting import NewAction, add_action, finish_action
from keepwell.success.engagements.verbs.busy_calendars import end_subscription, look_into, subscribe
from keepwell.success.engagements.verbs.feeding import address_of, close_feed, feed_of, open_feed, reader_of
from tests import cast

BUSY = calendar("DTSTART:20260612T150000Z\r\nDTEND:20260612T160000Z\r\nSUMMARY:Surgery")


class Elsewhere:
    """A server of somebody else, on this machine: what it answers is set by the test."""

    def __init__(self) -> None:
        self.status, self.content, self.headers = 200, BUSY, {}
        elsewhere = self

        class Answering(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(elsewhere.status)
                for name, value in elsewhere.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(elsewhere.content)))
                self.end_headers()
                self.wfile.write(elsewhere.content)

            def log_message(self, *_words) -> None:
                return

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/sam.ics"


@pytest.fixture
def elsewhere(settings) -> Iterator[Elsewhere]:
    settings.KEEPWELL_CALENDAR_HOSTS = ["127.0.0.1"]
    there = Elsewhere()
    thread = threading.Thread(target=there.server.serve_forever)
    thread.start()
    yield there
    there.server.shutdown()
    there.server.server_close()
    thread.join()


def kinds(user):
    return list(
        Entry.objects.about("person", user.pk).filter(kind__startswith="busy_").values_list("kind", flat=True)
    )


def test_what_stands_there_is_kept_as_times_alone_and_its_address_sealed(sam, elsewhere):
    subscribed = subscribe(sam, elsewhere.url, by=sam)
    look_into_calendar(subscribed.pk)
    kept = BusyCalendar.objects.get()
    assert kept.busy == [["2026-06-12T15:00:00+00:00", "2026-06-12T16:00:00+00:00"]]
    assert (kept.read_at, kept.failing_since) == (NINE, None)
    assert "127.0.0.1" not in kept.sealed_url


def test_what_was_read_last_counts_while_it_fails_and_its_owner_is_told_once(sam, elsewhere):
    kept = look_into(subscribe(sam, elsewhere.url, by=sam))
    was = kept.busy
    elsewhere.status, elsewhere.content = 503, b"Surgery is down"
    look_into(kept)
    look_into(kept, at=NINE + HOUR)
    assert (kept.busy, kept.failing_since) == (was, NINE)
    assert "503" in kept.last_error
    assert "Surgery" not in kept.last_error
    elsewhere.status, elsewhere.content = 200, calendar()
    look_into(kept, at=NINE + 2 * HOUR)
    assert (kept.busy, kept.failing_since, kept.last_error) == ([], None, "")
    assert kinds(sam) == ["busy_calendar.subscribed", "busy_calendar.failing", "busy_calendar.read_again"]


@pytest.mark.parametrize("content", [b"<html>", b"X" * (5 * 1024 * 1024 + 1)])
def test_what_is_no_calendar_is_told_as_such(sam, elsewhere, content):
    elsewhere.content = content
    assert look_into(subscribe(sam, elsewhere.url, by=sam)).failing_since == NINE


def test_no_answer_leads_to_another_address(sam, elsewhere):
    elsewhere.status, elsewhere.headers = 302, {"Location": "http://127.0.0.1:1/"}
    assert "302" in look_into(subscribe(sam, elsewhere.url, by=sam)).last_error


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nothing at all",
        "http://calendar.example/x.ics",
        "file:///etc/passwd",
        "ftp://x.example/y",
        "https://",
        "https://[::1",
    ],
)
def test_an_address_that_leads_nowhere_or_in_the_open_is_refused(address):
    with pytest.raises(AddressOfCalendarRefused):
        checked_address(address)


def test_an_address_is_taken_as_calendars_show_it():
    assert checked_address("webcal://calendar.example/x.ics") == "https://calendar.example/x.ics"
    assert checked_address(" calendar.example/x.ics?key=1") == "https://calendar.example/x.ics?key=1"


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "169.254.169.254", "10.0.0.1", "[::1]", "0.0.0.0"]
)
def test_no_address_leads_into_our_own_network(host):
    with pytest.raises(CalendarUnreadable, match="own network"):
        fetch(f"https://{host}/x.ics")


def test_only_oneself_subscribes_and_it_ends_with_the_access(sam, alma, dana, elsewhere):
    for other in (alma, dana):
        with pytest.raises(NotPermitted):
            subscribe(sam, elsewhere.url, by=other)
    subscribe(sam, elsewhere.url, by=sam)
    end_subscription(sam, by=sam)
    assert not BusyCalendar.objects.exists()
    subscribe(sam, elsewhere.url, by=sam)
    deactivate(sam, by=cast.CAST)
    assert not BusyCalendar.objects.exists()


def titles(reader) -> list[str]:
    events = Calendar.from_ical(calendar_of(reader, now=NINE)).walk("VEVENT")
    assert not any(name in event for event in events for name in ("DESCRIPTION", "ATTENDEE", "LOCATION"))
    return sorted(str(event["SUMMARY"]) for event in events)


def test_each_reads_what_is_dated_and_his_by_its_title(account, sam, alma, dana, nora):
    held = scheduled(account, sam, dana)
    proposed(account, sam, wanted_on=date(2026, 7, 1))
    friday = date(2026, 6, 12)
    ours = add_action(held, NewAction(what="Send the maps", due_on=friday, user=sam), by=sam)
    theirs = NewAction(what="Name a date", due_on=friday, side="theirs", contact=dana.contact)
    add_action(held, theirs, by=sam)
    assert titles(sam) == [
        "About now: Training: Town of Elm Falls",
        "Send the maps",
        "Training: Town of Elm Falls",
    ]
    assert titles(dana) == ["Name a date", "Training"]
    assert titles(cast.carl_the_administrator_of_elm_falls()) == ["Name a date", "Training"]
    assert titles(alma) == titles(nora) == []
    finish_action(ours, by=sam)
    assert "Send the maps" not in titles(sam)


def test_a_feed_knows_the_same_thing_again(account, sam, dana):
    engagement = scheduled(account, sam, dana)
    first = Calendar.from_ical(calendar_of(dana, now=NINE)).walk("VEVENT")[0]
    later = Calendar.from_ical(calendar_of(dana, now=NINE + DAY)).walk("VEVENT")[0]
    assert first["UID"] == later["UID"]
    assert (first.start, first.end) == (NEXT_WEEK, NEXT_WEEK + timedelta(minutes=engagement.lasts_minutes))


def test_an_address_is_good_until_it_is_made_anew_or_closed(sam, dana):
    open_feed(sam, by=sam)
    first = address_of(feed_of(sam)).rpartition("/")[2].removesuffix(".ics")
    assert reader_of(first) == sam
    second = address_of(open_feed(sam, by=sam)).rpartition("/")[2].removesuffix(".ics")
    assert (reader_of(first), reader_of(second)) == (None, sam)
    close_feed(sam, by=sam)
    assert (reader_of(second), feed_of(sam)) == (None, None)
    with pytest.raises(NotPermitted):
        open_feed(sam, by=dana)
    assert reader_of("nothing") is None


def test_an_address_dies_with_the_access(sam, dana):
    written = [
        address_of(open_feed(one, by=one)).rpartition("/")[2].removesuffix(".ics") for one in (sam, dana)
    ]
    deactivate(sam, by=cast.CAST)
    withdraw_portal_access(dana.contact, by=cast.CAST)
    assert [reader_of(one) for one in written] == [None, None]
    assert not CalendarFeed.objects.exists()
