from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keepwell.customers.lifetime_words import standing_words, tone
from keepwell.customers.lifetimes import Lifetime, Stage, standing
from keepwell.customers.version_numbers import is_at_least, meant, parts_of

NUMBERS = st.lists(st.integers(0, 40), min_size=1, max_size=4).map(lambda one: ".".join(map(str, one)))
DAY = st.dates(date(2020, 1, 1), date(2030, 12, 31))
NONE_OR_DAY = st.none() | DAY


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("7.3", (7, 3)),
        (" v7.03 ", (7, 3)),
        ("7.3-rc1", (7, 3, "rc", 1)),
        ("2026_R2 hotfix+5", (2026, "r", 2, "hotfix", 5)),
        ("vista", ("vista",)),
        ("7.3.x", (7, 3, "x")),
        ("  -- ", ()),
        ("", ()),
    ],
)
def test_a_version_is_read_in_its_parts(written, parts):
    assert parts_of(written) == parts


@pytest.mark.parametrize(
    ("runs", "known", "is_meant"),
    [
        ("7.3", ["7", "7.3", "7.3.1"], "7.3"),
        ("7.3.12", ["7", "7.3", "8"], "7.3"),
        ("7.30", ["7.3"], None),
        ("7.30", ["7", "7.3"], "7"),
        ("V7.03", ["7.3"], "7.3"),
        ("7", ["7.3"], None),
        ("", ["7"], None),
        ("7.3 hotfix", ["7.3"], "7.3"),
        ("9", [], None),
    ],
)
def test_the_same_version_is_meant_else_the_longest_beginning(runs, known, is_meant):
    assert meant(runs, known) == is_meant


@given(NUMBERS, st.lists(NUMBERS, max_size=6))
def test_whatever_is_meant_begins_what_runs_and_nothing_longer_does(runs, known):
    found = meant(runs, known)
    fitting = [one for one in known if parts_of(runs)[: len(parts_of(one))] == parts_of(one)]
    assert (found is None) == (not fitting)
    if found is not None:
        assert len(parts_of(found)) == max(len(parts_of(one)) for one in fitting)


@pytest.mark.parametrize(
    ("version", "least", "is_it"),
    [
        ("7.3", "7.3", True),
        ("7.3.0", "7.3", True),
        ("7.3", "7.3.0", True),
        ("7.10", "7.9", True),
        ("7.3-rc1", "7.3", False),
        ("7.3", "7.3-rc1", True),
        ("6.9", "7", False),
    ],
)
def test_versions_come_in_the_order_of_their_parts(version, least, is_it):
    assert is_at_least(version, least) is is_it


@given(NUMBERS, NUMBERS, NUMBERS)
def test_the_order_of_versions_is_one(one, two, three):
    assert is_at_least(one, two) or is_at_least(two, one)
    if is_at_least(one, two) and is_at_least(two, three):
        assert is_at_least(one, three)


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2026, 1, 1), "Supported until 30 Jun 2026, 180 days from now"),
        (date(2026, 6, 30), "Supported until 30 Jun 2026, today"),
        (
            date(2026, 7, 1),
            "Support ended on 30 Jun 2026; the version itself ends on 31 Dec 2026, 183 days from now",
        ),
        (date(2027, 1, 1), "Ended on 31 Dec 2026"),
    ],
)
def test_how_long_a_version_is_supported_is_said_in_days(on, words):
    lifetime = Lifetime(support_ends_on=date(2026, 6, 30), life_ends_on=date(2026, 12, 31))
    assert standing_words(standing(lifetime, on)) == words


def test_without_days_nothing_is_said_to_end():
    found = standing(Lifetime(released_on=date(2026, 1, 1)), date(2026, 6, 1))
    assert (found.stage, standing_words(found), tone(found)) == (Stage.UNDATED, "No last day is known", "")


@given(NONE_OR_DAY, NONE_OR_DAY, DAY)
def test_a_version_only_grows_older(support, life, on):
    lifetime = Lifetime(support_ends_on=support, life_ends_on=life)
    if not lifetime.is_sound:
        return
    order = list(Stage)
    now, later = standing(lifetime, on), standing(lifetime, on + timedelta(days=1))
    assert order.index(later.stage) >= order.index(now.stage)
    if now.ends_in_days is not None:
        assert now.ends_in_days >= 0
