from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keepwell.calendars.verbs.publishing import create_calendar
from keepwell.cases.models import Case
from keepwell.cases.new_case import NewCase
from keepwell.cases.verbs.assigning import Assignment, assign
from keepwell.cases.verbs.opening import open_case
from keepwell.cases.verbs.replying import Reply, reply
from keepwell.conversations.words import Words
from keepwell.customers.queries import contact_of
from keepwell.customers.verbs.adding import add_contact
from keepwell.customers.verbs.editing import change_lifecycle
from keepwell.customers.verbs.erasing import erase_contact
from keepwell.customers.verbs.stewarding import appoint_steward
from keepwell.insight.timeline import Timeline, Wanted, account_timeline
from keepwell.people.actors import System
from keepwell.service_levels.reference import REFERENCE_COMMITMENTS, REFERENCE_HOURS
from keepwell.service_levels.verbs.policies import PolicyTerms, create_policy
from tests import cast

pytestmark = pytest.mark.django_db

BY_TEST = System("test")
NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
CHICAGO = ZoneInfo("America/Chicago")


@pytest.fixture(autouse=True)
def promises(clock_at):
    clock_at("2026-11-23T15:00:00Z")
    hours = create_calendar("Support hours", REFERENCE_HOURS, by=BY_TEST, is_default=True)
    terms = PolicyTerms(calendar=hours, commitments=REFERENCE_COMMITMENTS)
    create_policy("Guidelines", terms, by=BY_TEST, is_default=True)


def timeline(actor, *, about: str = "", cursor: str = "", size: int = 40) -> Timeline:
    wanted = Wanted(now=NOW, zone=CHICAGO, about=about, cursor=cursor, size=size)
    return account_timeline(actor, cast.elm_falls(), wanted)


def lines(found: Timeline) -> list[str]:
    return [one.words for day in found.days for one in day.happenings]


def a_case(subject: str = "It stands still") -> Case:
    dana = cast.dana_at_elm_falls()
    words = Words(body="Since this morning.", channel="portal")
    return open_case(NewCase(subject=subject, contact=contact_of(dana), words=words), by=dana)


def test_newest_comes_first_with_who_did_it_and_the_case():
    maria, case = cast.maria_the_specialist(), a_case()
    reply(case, Reply(words=Words(body="We look at it.")), by=maria)
    happened = timeline(maria).days[0].happenings
    opened = next(one for one in happened if one.words == "Case opened")
    assert opened.who == "Dana Hughes"
    assert opened.case == case
    assert opened.entry.pk < happened[0].entry.pk


def test_states_are_said_in_words():
    change_lifecycle(cast.elm_falls(), "leaving", by=BY_TEST)
    assert "Lifecycle changed from Live to Leaving" in lines(timeline(cast.maria_the_specialist()))


def test_whom_it_was_about_is_named():
    sam = cast.sam_the_success_manager()
    appoint_steward(cast.elm_falls(), sam, "success", by=BY_TEST)
    fay = add_contact("Fay Ito", account=cast.elm_falls(), by=BY_TEST)
    named = {(one.words, one.whom) for day in timeline(sam).days for one in day.happenings}
    assert ("Looked after by somebody new", "Sam Whitaker") in named
    assert ("Contact added", "Fay Ito") in named
    erase_contact(fay, by=BY_TEST)
    named = {(one.words, one.whom) for day in timeline(sam).days for one in day.happenings}
    assert ("Contact added", "Erased person") in named


def test_a_day_is_a_day_in_the_reader_s_zone(clock_at):
    clock_at("2026-11-24T03:00:00Z")
    a_case()
    assert timeline(cast.maria_the_specialist()).days[0].on.isoformat() == "2026-11-23"


def test_one_can_look_at_cases_only():
    a_case()
    assert "Account opened" not in lines(timeline(cast.maria_the_specialist(), about="cases"))
    assert "Case opened" in lines(timeline(cast.maria_the_specialist(), about="cases"))


def test_a_customer_reads_only_what_customers_may_and_of_cases_he_sees():
    case = a_case()
    fay = add_contact("Fay Ito", account=cast.elm_falls(), by=BY_TEST)
    dana = lines(timeline(cast.dana_at_elm_falls()))
    assert "Case opened" in dana
    assert "Contact added" not in dana
    assert "Case opened" not in lines(timeline(cast.pia_at_elm_falls_water()))
    assert lines(timeline(cast.nora_of_another_town())) == []
    assert case.account == fay.account


def test_pages_follow_one_another_without_a_gap_or_a_repeat():
    maria = cast.maria_the_specialist()
    for number in range(6):
        a_case(f"Case {number}")
    whole = [one.entry.pk for day in timeline(maria, size=200).days for one in day.happenings]
    read, cursor = [], ""
    while True:
        found = timeline(maria, cursor=cursor, size=5)
        read += [one.entry.pk for day in found.days for one in day.happenings]
        cursor = found.page.next_cursor
        if not cursor:
            break
    assert read == whole


def test_forty_lines_cost_what_one_costs():
    maria = cast.maria_the_specialist()
    a_case()
    one = _queries(lambda: timeline(maria))
    for number in range(8):
        a_case(f"Case {number}")
        add_contact(f"Somebody {number}", account=cast.elm_falls(), by=BY_TEST)
    assert _queries(lambda: timeline(maria)) == one


def _queries(read) -> int:
    read()  # roles are read once for a person, whoever asks
    with CaptureQueriesContext(connection) as captured:
        read()
    return len(captured)


def test_an_assignment_names_whom():
    maria, case = cast.maria_the_specialist(), a_case()
    assign(case, Assignment(to=maria), by=maria)
    named = {(one.words, one.whom) for day in timeline(maria).days for one in day.happenings}
    assert ("Assigned", "Maria Petersen") in named
