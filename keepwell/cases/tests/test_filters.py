"""The grammar of the address bar: whatever is typed, something sensible is shown, and the rest is told."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keepwell.cases.filtering import problem_words
from keepwell.cases.filters import CaseFilter, Dates, Problem, as_query, read


def test_nothing_asked_shows_the_open_ones_that_are_awake():
    assert read({}).filter == CaseFilter()
    assert CaseFilter().show == "open"
    assert CaseFilter().snoozed == "no"


def test_values_come_by_comma_or_by_repeating_the_name():
    by_comma = read({"state": "new,open"}).filter
    repeated = read({"state": ["new", "open", "new"]}).filter
    assert by_comma == repeated == CaseFilter(state=("new", "open"))


def test_people_are_numbers_me_or_none():
    assert read({"assignee": "me,none,12"}).filter.assignee == ("me", "none", 12)


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ({"state": "asleep"}, Problem(name="state", value="asleep")),
        ({"level": "4"}, Problem(name="level", value="4")),
        ({"account": "-1"}, Problem(name="account", value="-1")),
        ({"account": "٣"}, Problem(name="account", value="٣")),
        ({"account": "9" * 400}, Problem(name="account", value="9" * 400)),
        ({"team": "me"}, Problem(name="team", value="me")),
        ({"opened": "2026-02-30"}, Problem(name="opened", value="2026-02-30")),
        ({"opened": "2026-03-02..2026-03-01"}, Problem(name="opened", value="2026-03-02..2026-03-01")),
        ({"opened": "0001-01-01.."}, Problem(name="opened", value="0001-01-01..")),
        ({"opened": "9999-12-31"}, Problem(name="opened", value="9999-12-31")),
        ({"tag": "a\x00b"}, Problem(name="tag", value="a\x00b")),
        ({"order": "changed,quiet"}, Problem(name="order", value="quiet")),
        ({"sort": "up"}, Problem(name="sort")),
    ],
)
def test_what_is_not_understood_is_left_out_and_told(query, problem):
    reading = read(query)
    assert reading.problems == (problem,)
    assert problem.name in problem_words(problem)


def test_names_that_belong_to_the_page_are_no_problem():
    assert read({"cursor": "abc", "state": "new"}, besides={"cursor"}).problems == ()


def test_half_open_spans_of_dates_are_understood():
    assert read({"opened": "2026-01-01.."}).filter.opened == (Dates(first_on=date(2026, 1, 1), last_on=None),)
    assert read({"opened": "2026-01-01"}).filter.opened == (
        Dates(first_on=date(2026, 1, 1), last_on=date(2026, 1, 1)),
    )


@pytest.mark.parametrize(
    ("query", "is_about_open_ones"),
    [
        ({}, True),
        ({"state": "new,open"}, True),
        ({"state": "new,resolved"}, False),
        ({"show": "any"}, False),
        ({"show": "any", "state": "open"}, True),
        ({"spam": "yes"}, False),
    ],
)
def test_a_filter_knows_whether_it_reaches_into_the_archive(query, is_about_open_ones):
    assert read(query).filter.is_about_open_ones is is_about_open_ones


VALUES = st.sampled_from(
    [
        "new",
        "open",
        "high",
        "1",
        "2",
        "me",
        "none",
        "7",
        "yes",
        "no",
        "any",
        "mine",
        "customer",
        "Tag",
        "2026-01-01",
        "..",
        "",
    ]
) | st.text(max_size=12)
NAMES = st.sampled_from([*CaseFilter.__dataclass_fields__, "page"])


@given(st.dictionaries(NAMES, VALUES | st.lists(VALUES, max_size=4)))
def test_no_address_is_an_error_and_every_filter_reads_back_as_itself(query):
    reading = read(query)
    assert all(problem_words(problem) for problem in reading.problems)
    again = read(as_query(reading.filter))
    assert again.filter == reading.filter
    assert again.problems == ()
