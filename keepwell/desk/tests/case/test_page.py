"""The page of a case: what stands on it, for whom, and what it costs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import unquote

import pytest

from keepwell.cases.tests.elm_falls import NINE, answer, open_for
from keepwell.cases.verbs.merging import merge
from keepwell.cases.verbs.noting import add_note
from keepwell.conversations.models import Message
from keepwell.conversations.verbs.failing import fail
from keepwell.conversations.words import Words
from keepwell.desk.tests.case.scene import answered, the_case, the_case_with_everything
from keepwell.desk.tests.people import queries_of, signed_in
from keepwell.kit.time_zones import data_version
from tests import cast

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
MOST_QUERIES = 18
# As a lead reads it, with the number of his signals in the rail.
WITH_EVERYTHING = 22
MOST_BYTES = 150_000


def read(desk: Any, case: Any, part: str = "") -> str:
    response = desk.get(f"/desk/cases/{case.number}/{part}")
    assert response.status_code == 200
    return response.content.decode()


def queries(desk: Any, case: Any) -> tuple[int, int]:
    """How many queries the page costs, and its size."""
    address = f"/desk/cases/{case.number}/"
    return queries_of(desk, address), len(desk.get(address).content)


def talk(case: Any, dana: Any, maria: Any, messages: int, *, first: int = 0) -> None:
    """So many messages, by turns; rows as the verbs leave them, for three hundred verbs take a minute."""
    rows = [_row(case, dana, maria, number) for number in range(first, first + messages)]
    Message.objects.bulk_create(rows)


def _row(case: Any, dana: Any, maria: Any, number: int) -> Message:
    at, is_ours = NINE + number * MINUTE, number % 2 == 0
    return Message(
        conversation_id=case.conversation_id,
        author_user=maria if is_ours else None,
        author_contact=None if is_ours else dana.contact,
        direction="out" if is_ours else "in",
        state="sent" if is_ours else "received",
        channel="desk" if is_ours else "portal",
        body=f"Message {number}: we went on and looked at the **spooler** again.\n\n- The driver is new.",
        recipients=[dana.contact.pk] if is_ours else [],
        written_at=at,
        happened_at=at,
        sent_at=at if is_ours else None,
    )


def test_the_page_shows_what_was_said_and_what_is_promised(desk, case):
    page = read(desk, case)
    assert "The printer is silent since Monday." in page
    assert "High: nobody can print" in page
    assert "Initial contact within 6 hours" in page


def test_everything_that_happened_is_told_with_names(clock_at):
    case = the_case()
    page = read(signed_in(cast.theo_at_level_two()), case)
    for words in (
        "Maria Petersen took it",
        "Theo Lindqvist accepted it at level 2 after 6 min",
        "Look at the database locks of the site.",
        "Entered by hand: She called me on my own phone.",
        "Not delivered.",
        "Theo Lindqvist promised an update by",
        "could-not-save.png",
        "staff only",
    ):
        assert words in page


def test_that_a_question_did_not_arrive_is_said_where_the_wait_ends(desk, case, maria):
    fail(answer(case, maria, NINE + MINUTE, intention="wait"), at=NINE + 5 * MINUTE)
    assert "It waits no more: what the customer was asked did not arrive" in read(desk, case)


def test_a_long_case_costs_what_a_short_one_costs(desk, case, dana, maria):
    talk(case, dana, maria, 3)
    short, _size = queries(desk, case)
    talk(case, dana, maria, 297, first=3)
    long, size = queries(desk, case)
    assert long == short
    assert long <= MOST_QUERIES
    assert size < MOST_BYTES


def test_a_case_with_everything_at_once_costs_hardly_more(clock_at):
    case = the_case_with_everything()
    clock_at("2026-06-09T14:34:10Z")
    lea = signed_in(cast.lea_the_lead())
    page = read(lea, case)
    for words in (
        "error-list.csv",
        "to-be-sent.png",
        "Draft saved",
        "Theo Lindqvist is reading",
        "Theo Lindqvist asks level 3 to take it",
        "An update, promised by Theo Lindqvist",
        "Entered by hand",
        "Pia Duval takes no part any more",
        "follows",
        'id="thread-earlier"',
    ):
        assert words in page
    assert queries(lea, case)[0] <= WITH_EVERYTHING


def test_what_was_said_before_is_fetched_on_demand_and_nothing_twice(desk, case, dana, maria):
    talk(case, dana, maria, 90)
    seen: list[str] = []
    page = read(desk, case)
    for _page in range(4):
        seen += _numbers(page)
        cursor = _earlier(page)
        if not cursor:
            break
        page = desk.get(f"/desk/cases/{case.number}/thread/", {"before": cursor}).content.decode()
    assert sorted(seen, key=int) == [str(number) for number in range(90)]


def test_an_open_page_keeps_the_lines_it_began_with(desk, case, dana, maria):
    talk(case, dana, maria, 60)
    page = read(desk, case)
    first = page.partition("?first=")[2].partition('"')[0]
    answered(case, maria, "Message 60: one more.", NINE + 60 * MINUTE)
    again = read(desk, case, f"thread/?first={first}")
    assert _numbers(again) == [*_numbers(page), "60"]


def test_a_cursor_that_nobody_gave_out_shows_the_newest(desk, case):
    assert "The printer is silent" in read(desk, case, "?before=made-up")


def test_a_merged_case_is_read_with_its_survivor(desk, case, dana, maria):
    other = open_for(dana, at=NINE, subject="It prints nothing", words=Words(body="Also the copier is dead."))
    merge(other, case, by=maria, at=NINE + MINUTE)
    page = read(desk, case)
    assert "Also the copier is dead." in page
    assert "from a merged case" in page
    assert f"merged into {case.number}" in read(desk, other)


@pytest.mark.parametrize("who", ["dana_at_elm_falls", "nora_of_another_town"])
@pytest.mark.parametrize(
    "part", ["", "thread/", "head/", "panels/promises/", "why/", "escalation/", "history/"]
)
def test_for_customers_there_is_no_such_page(case, who, part):
    client = signed_in(getattr(cast, who)())
    assert client.get(f"/desk/cases/{case.number}/{part}").status_code == 404


def test_a_case_that_is_not_there_is_404(desk, case):
    assert desk.get(f"/desk/cases/{case.number + 1}/").status_code == 404


@pytest.mark.parametrize("panel", ["promises", "customer", "hand-off", "people", "details", "history"])
def test_each_panel_is_fetched_by_itself(desk, case, panel):
    assert f'id="panel-{panel}"' in read(desk, case, f"panels/{panel}/")


def test_an_engineer_is_offered_notes_and_hand_offs_but_no_reply(case):
    page = read(signed_in(cast.ines_the_engineer()), case)
    assert "note-form" in page
    assert "reply-form" not in page
    assert "Mark as spam" not in page
    assert "Resolve</a>" not in page


def test_what_cannot_be_done_now_is_not_offered(desk, case):
    page = read(desk, case)
    assert "/reopening/" not in page
    assert "/wait/end/" not in page
    assert "/snooze/end/" not in page


def test_why_these_times_tells_every_step(desk, case, dana, maria):
    answered(case, maria, "We look into it.", NINE + MINUTE)
    page = read(desk, case, "why/")
    assert f"Time-zone data: {data_version()}." in page
    assert "It started. Promised within 6 hours" in page
    assert "An answer or the solution stopped it here." in page
    assert "Follow-up 1, within 12 hours" in page


def test_the_history_names_who_did_what(desk, case, maria):
    add_note(case, Words(body="Asked the driver's maker."), by=maria, at=NINE + MINUTE)
    page = read(desk, case, "history/")
    assert "Note added, by Maria Petersen" in page
    assert "Asked the driver" not in page


def _numbers(page: str) -> list[str]:
    return [part.partition(":")[0] for part in page.split("Message ")[1:]]


def _earlier(page: str) -> str:
    return unquote(page.partition("?before=")[2].partition('"')[0])
