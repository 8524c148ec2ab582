"""Facts held against expectations: by a table, and whatever software may send."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keepwell.success.reviews.expectations import (
    NEVER_SENT,
    UNFIT,
    Expectation,
    Expects,
    Verdict,
    judged,
)

MET, NOT_MET = Verdict.MET, Verdict.NOT_MET
FACT = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.text(max_size=20)


def verdict(expects, values, facts):
    return judged(Expectation(fact="backup", expects=expects, values=values), facts)


@pytest.mark.parametrize(
    ("expects", "values", "fact", "found"),
    [
        ("equals", ("daily",), "Daily ", MET),
        ("equals", ("daily",), "weekly", NOT_MET),
        ("equals", ("yes",), True, MET),
        ("equals", ("true",), "on", MET),
        ("equals", ("no",), False, MET),
        ("equals", ("1",), True, NOT_MET),
        ("equals", ("7",), 7.0, MET),
        ("equals", ("7",), "7.00", MET),
        ("one_of", ("daily", "hourly"), "HOURLY", MET),
        ("one_of", ("daily", "7"), 7, MET),
        ("one_of", ("daily", "hourly"), "never", NOT_MET),
        ("at_least", ("30",), 30, MET),
        ("at_least", ("30",), "29.9", NOT_MET),
        ("at_most", ("0.5",), 0.5, MET),
        ("at_most", ("90",), 91, NOT_MET),
        ("version_at_least", ("7.3",), "7.10", MET),
        ("version_at_least", ("7.3",), 7.3, MET),
        ("version_at_least", ("7.3",), "7.3-rc1", NOT_MET),
        ("present", (), False, MET),
        ("present", (), 0, MET),
        ("present", (), "  ", NOT_MET),
        ("present", (), None, NOT_MET),
    ],
)
def test_a_fact_is_held_against_what_is_expected(expects, values, fact, found):
    assert verdict(expects, values, {"backup": fact}).verdict == found


@pytest.mark.parametrize(
    ("expects", "values", "fact"),
    [
        ("at_least", ("30",), "many"),
        ("at_least", ("1",), True),
        ("at_most", ("30",), float("inf")),
        ("version_at_least", ("7.3",), "newest"),
        ("version_at_least", ("7.3",), True),
        ("equals", ("daily",), ["daily"]),
        ("equals", ("daily",), None),
    ],
)
def test_a_fact_that_cannot_be_compared_is_no_proof_of_anything(expects, values, fact):
    assert verdict(expects, values, {"backup": fact}) == UNFIT


def test_what_was_never_sent_is_unknown_unless_it_only_has_to_be_there():
    assert verdict("equals", ("daily",), {"other": 1}) == NEVER_SENT
    assert verdict("present", (), {}) == NEVER_SENT
    assert verdict("present", (), {"other": 1}).verdict == NOT_MET


@pytest.mark.parametrize(
    ("fact", "expects", "values"),
    [
        ("", "present", ()),
        ("backup", "present", ("daily",)),
        ("backup", "equals", ()),
        ("backup", "equals", ("a", "b")),
        ("backup", "one_of", ()),
        ("backup", "one_of", ("a", " ")),
        ("backup", "at_least", ("many",)),
        ("backup", "at_most", ("yes",)),
        ("backup", "version_at_least", ("newest",)),
        ("backup", "resembles", ("daily",)),
        ("backup", "one_of", tuple("abcdefghij" * 6)),
        ("backup", "equals", ("x" * 201,)),
    ],
)
def test_what_no_fact_could_be_held_against_is_no_expectation(fact, expects, values):
    with pytest.raises(ValueError):
        Expectation(fact=fact, expects=expects, values=values)


@given(st.sampled_from(Expects), FACT)
def test_whatever_is_sent_there_is_a_verdict_and_a_reason_where_it_is_unknown(expects, fact):
    values = () if expects == Expects.PRESENT else ("7",)
    found = verdict(expects.value, values, {"backup": fact})
    assert (found.verdict == Verdict.UNKNOWN) == (found.why is not None)


@given(st.text(min_size=1, max_size=20).filter(str.strip))
def test_what_is_expected_word_for_word_is_met(text):
    assert verdict("equals", (text,), {"backup": text}).verdict == MET
