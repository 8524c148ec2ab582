"""The small pure rules, by tables."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from keepwell.cases.hand_off import HandOff, says_something
from keepwell.cases.late_contacts import is_in_time, is_late
from keepwell.cases.levels import is_elsewhere, may_work_at
from keepwell.cases.ownership import owner_after
from keepwell.cases.severities import is_raise
from keepwell.cases.windows import closes_at, is_within

NOON = datetime(2026, 6, 9, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("text", "is_enough"),
    [
        ("", False),
        ("   \n ", False),
        ("nothing", False),
        ("none yet", False),
        ("- - - -", False),
        ("see the notes", True),
        ("unbekanntermassenkaputt", False),
        ("プリンターが動かない", True),
        ("打印机坏了不能用", True),
        ("不明", False),
        ("เครื่องพิมพ์ไม่ทำงาน", True),
        ("프린터가 안 됩니다", True),
    ],
)
def test_a_part_of_a_hand_off_is_a_few_words_in_any_script(text, is_enough):
    assert says_something(text) is is_enough


def test_the_missing_parts_are_named_in_the_order_in_which_they_are_asked_for():
    assert HandOff(known="", tried="two different cables", needed="help").missing == ("known", "needed")
    assert HandOff(known="it is broken", tried="two different cables", needed="a new one").missing == ()


def test_the_last_second_of_the_window_counts_and_the_next_does_not():
    until_at = closes_at(NOON, timedelta(days=14))
    assert is_within(until_at, until_at)
    assert not is_within(until_at + SECOND, until_at)
    assert not is_within(NOON, None)


MARIA, THEO = 1, 2


@pytest.mark.parametrize(
    ("owner", "assignee", "to", "expected"),
    [
        (None, None, MARIA, MARIA),  # its first
        (MARIA, MARIA, THEO, THEO),  # not handed on: both move
        (MARIA, MARIA, None, None),  # put back
        (MARIA, THEO, None, MARIA),  # handed on: the customer keeps his person
        (MARIA, THEO, MARIA, MARIA),
        (MARIA, None, THEO, MARIA),
        (None, THEO, MARIA, MARIA),
    ],
)
def test_the_owner_moves_with_the_work_only_while_he_does_it_himself(owner, assignee, to, expected):
    assert owner_after(owner=owner, assignee=assignee, to=to) == expected


@pytest.mark.parametrize(
    ("level", "roles", "may"),
    [
        (1, {"specialist"}, True),
        (2, {"specialist"}, True),
        (3, {"specialist"}, False),
        (3, {"lead", "administrator"}, False),
        (3, {"consultant"}, True),
        (3, {"engineer", "lead"}, True),
        (1, {"engineer"}, True),
    ],
)
def test_the_third_level_is_for_consultants_and_engineers(level, roles, may):
    assert may_work_at(level, roles) is may


@pytest.mark.parametrize(
    ("journey", "leads_somewhere"),
    [
        ((1, None, 2, None), True),
        ((1, None, 1, None), False),
        ((1, 7, 1, 7), False),
        ((1, 7, 1, 8), True),
        ((2, 7, 1, None), True),
        ((1, 7, 1, None), False),
    ],
)
def test_a_hand_off_leads_to_another_level_or_team(journey, leads_somewhere):
    assert is_elsewhere(*journey) is leads_somewhere


@pytest.mark.parametrize(
    ("happened", "entered", "expected"),
    [
        (NOON, NOON, True),
        (NOON, NOON + timedelta(days=1), True),
        (NOON, NOON + timedelta(days=1) + SECOND, False),
        (NOON + SECOND, NOON, False),
    ],
)
def test_a_contact_is_entered_within_its_day_and_never_before_it_happened(happened, entered, expected):
    until = NOON + timedelta(days=1)
    assert is_in_time(happened_at=happened, entered_at=entered, enter_until_at=until) is expected


def test_only_what_is_entered_after_it_happened_is_late():
    assert is_late(happened_at=NOON, entered_at=NOON + SECOND)
    assert not is_late(happened_at=NOON, entered_at=NOON)


def test_high_is_a_raise_of_normal_and_low_is_not():
    assert is_raise("normal", "high")
    assert is_raise("low", "normal")
    assert not is_raise("normal", "low")
    assert not is_raise("high", "high")
