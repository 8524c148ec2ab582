"""The grammar of conditions: read strictly, said plainly, held by three values, cleared by recovery alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keepwell.success.signals.deciding import Past, clears, opens
from keepwell.success.signals.describing import condition_words
from keepwell.success.signals.due_days import working_days_after
from keepwell.success.signals.evidence import evidence_to, evidence_words
from keepwell.success.signals.grammar import (
    BANDS,
    READINGS,
    Asked,
    Comparison,
    ConditionRefused,
    Joined,
    Scope,
    Test,
    Unit,
    asked_by,
    parse,
    write,
)
from keepwell.success.signals.holding import COMPARED, Holds, Reading, has_recovered, holds
from keepwell.success.signals.steps import (
    EngagementStep,
    PlaybookRefused,
    TaskStep,
    checked,
    steps_from,
    steps_to,
)
from keepwell.success.signals.terms import Severity, Terms, terms_from, terms_to
from keepwell.success.signals.usual import PLAYBOOKS, RULES

NOON = datetime(2026, 6, 9, 12, tzinfo=UTC)
DAY = timedelta(days=1)
HIGH = {"reading": "cases.high_opened", "within_days": 30, "is": "at_least", "number": "3", "unit": "times"}
SEATS = {"reading": "usage.seats_used", "is": "less_than", "number": "40", "unit": "percent"}
RED = {"reading": "health.band", "is": "at_most", "number": "red", "unit": "band"}
HIGH_OPENED, SEATS_USED = Asked("cases.high_opened", 30), Asked("usage.seats_used")


def known(value: int | str) -> Reading:
    return Reading(value=Fraction(value))


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ({}, "a test, or several"),
        ([], "a test, or several"),
        ({"all": []}, "Joined by all is nothing"),
        ({"all": [HIGH], "any": [HIGH]}, "nothing else"),
        ({"any": [{"all": [{"any": [HIGH]}]}]}, "3 deep"),
        ({"all": [HIGH] * 13}, "12 tests"),
        ({**HIGH, "reading": "cases.happy"}, "no reading cases.happy"),
        ({**HIGH, "reading": ["cases.opened"]}, "no reading"),
        ({**HIGH, "unit": "days"}, "counted in times, not in days"),
        ({**HIGH, "since": 3}, "what since means"),
        ({**HIGH, "within_days": 0}, "1 to 400 days"),
        ({**HIGH, "within_days": "30"}, "1 to 400 days"),
        ({**HIGH, "within_days": True}, "1 to 400 days"),
        ({**SEATS, "within_days": 5}, "not asked for a number of days"),
        ({**HIGH, "is": "about"}, "not by about"),
        ({**HIGH, "number": "many"}, "many is no number"),
        ({**HIGH, "number": 3.5}, "3.5 is no number"),
        ({**HIGH, "number": True}, "True is no number"),
        ({**HIGH, "number": "-1"}, "-1 is impossible"),
        ({**SEATS, "number": "4000"}, "4000 is impossible"),
        ({**RED, "number": "blue"}, "red, amber, green"),
    ],
)
def test_what_is_no_condition_is_refused_with_what_is_wrong(written, words):
    with pytest.raises(ConditionRefused, match=words):
        parse(written)


def test_a_condition_is_said_in_plain_words():
    assert condition_words(parse(HIGH)) == "High cases opened in 30 days: 3 or more"
    assert condition_words(parse(RED)) == "Health: red or worse"
    joined = condition_words(parse({"any": [RED, {"all": [HIGH, SEATS]}]}))
    assert joined == (
        "Health: red or worse or (High cases opened in 30 days: 3 or more and "
        "Seats used, of those agreed: less than 40%)"
    )


def test_evidence_has_numbers_and_ids_and_its_words_are_made_when_read():
    readings = {HIGH_OPENED: Reading(value=Fraction(4), ids=(7, 9))}
    kept = evidence_to(parse({"all": [HIGH, SEATS]}), readings)
    assert kept[0] == {"reading": "cases.high_opened", "within_days": 30, "value": "4", "ids": [7, 9]}
    assert kept[1]["value"] is None
    assert evidence_words(kept) == ["High cases opened in 30 days: 4"]


YES, NO, UNKNOWN = Holds.YES, Holds.NO, Holds.UNKNOWN


@pytest.mark.parametrize(
    ("join", "first", "second", "gives"),
    [
        ("all", YES, YES, YES),
        ("all", YES, NO, NO),
        ("all", YES, UNKNOWN, UNKNOWN),
        ("all", NO, UNKNOWN, NO),
        ("any", NO, NO, NO),
        ("any", NO, YES, YES),
        ("any", NO, UNKNOWN, UNKNOWN),
        ("any", YES, UNKNOWN, YES),
    ],
)
def test_what_is_unknown_decides_nothing_unless_the_rest_decides(join, first, second, gives):
    of = {YES: known(0), NO: known(100), UNKNOWN: Reading(value=None)}
    readings = {SEATS_USED: of[first], Asked("usage.breadth"): of[second]}
    breadth = {**SEATS, "reading": "usage.breadth"}
    assert holds(parse({join: [SEATS, breadth]}), readings) is gives
    assert holds(parse({join: [breadth, SEATS]}), readings) is gives


ASKED = [Asked(name, 30 if kind.is_windowed else None) for name, kind in READINGS.items()]


@st.composite
def any_test(draw) -> Test:
    asked = draw(st.sampled_from(ASKED))
    kind = READINGS[asked.reading]
    most = len(BANDS) - 1 if kind.unit is Unit.BAND else kind.most
    number = draw(st.integers(0 if kind.unit is Unit.BAND else kind.least, most))
    return Test(asked=asked, comparison=draw(st.sampled_from(Comparison)), number=Fraction(number))


def joined(parts):
    return st.builds(Joined, is_all=st.booleans(), parts=st.lists(parts, min_size=1, max_size=3).map(tuple))


CONDITIONS = any_test() | joined(any_test() | joined(any_test()))
READ = st.fixed_dictionaries(
    {one: st.builds(Reading, value=st.none() | st.fractions(-5, 200, max_denominator=4)) for one in ASKED}
)


@given(CONDITIONS)
def test_what_is_written_is_read_back_the_same_and_can_be_said(condition):
    assert parse(write(condition)) == condition
    assert condition_words(condition)


@given(CONDITIONS, READ)
def test_what_is_sure_is_so_whatever_the_unknown_turns_out_to_be(condition, readings):
    sure = holds(condition, readings)
    for filler in (Fraction(-1000), Fraction(1), Fraction(10_000)):
        filled = {
            one: read if read.value is not None else Reading(value=filler) for one, read in readings.items()
        }
        found = holds(condition, filled)
        assert found is not UNKNOWN
        assert sure in (UNKNOWN, found)


@given(CONDITIONS, READ, st.sets(st.sampled_from(ASKED)))
def test_missing_data_neither_open_nor_clear(condition, readings, missing):
    """Whatever goes missing: what was not sure to have recovered has not recovered for that."""
    gone = {one: read for one, read in readings.items() if one not in missing}
    if not has_recovered(condition, None, readings):
        assert not has_recovered(condition, None, gone)
    if holds(condition, readings) is not YES:
        assert holds(condition, gone) is not YES
    unread = {one: Reading(value=None) for one in asked_by(condition)}
    assert holds(condition, unread) is UNKNOWN
    assert not has_recovered(condition, None, unread)


@given(CONDITIONS, READ)
def test_what_holds_has_not_recovered(condition, readings):
    assert has_recovered(condition, None, readings) == (holds(condition, readings) is NO)


@given(any_test(), st.fractions(-5, 200, max_denominator=4))
def test_a_test_compares_as_numbers_do(test, value):
    found = holds(test, {test.asked: Reading(value=value)})
    assert (found is YES) == COMPARED[test.comparison](value, test.number)


TERMS = Terms(scope=Scope.ACCOUNT, severity=Severity.HIGH, when=parse(HIGH), cooldown_days=14, from_days=30)
MANY, FEW = {HIGH_OPENED: known(3)}, {HIGH_OPENED: known(2)}


@pytest.mark.parametrize(
    ("readings", "past", "is_opened"),
    [
        (MANY, Past(live_days=200), True),
        (FEW, Past(live_days=200), False),
        ({}, Past(live_days=200), False),
        (MANY, Past(live_days=5), False),
        (MANY, Past(), True),
        (MANY, Past(live_days=200, ended_at=NOON - 14 * DAY), True),
        (MANY, Past(live_days=200, ended_at=NOON - 13 * DAY), False),
    ],
)
def test_a_signal_is_opened_for_what_is_sure_after_tenure_and_cooldown(readings, past, is_opened):
    assert opens(TERMS, readings, past, NOON) is is_opened


def test_what_was_read_before_the_end_opens_nothing_also_without_a_cooldown():
    terms = replace(TERMS, cooldown_days=0)
    assert not opens(terms, MANY, Past(ended_at=NOON + DAY), NOON)
    assert opens(terms, MANY, Past(ended_at=NOON + DAY), NOON + 2 * DAY)


def test_it_clears_by_newer_readings_of_its_own_alone():
    assert clears(TERMS, FEW, opened_as_of=NOON - DAY, as_of=NOON)
    assert not clears(TERMS, FEW, opened_as_of=NOON, as_of=NOON)
    assert not clears(TERMS, {}, opened_as_of=NOON - DAY, as_of=NOON)
    apart = replace(TERMS, clears=parse({**HIGH, "is": "at_most", "number": "1"}))
    assert not clears(apart, FEW, opened_as_of=NOON - DAY, as_of=NOON)
    assert clears(apart, {HIGH_OPENED: known(1)}, opened_as_of=NOON - DAY, as_of=NOON)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"scope": "galaxy"}, "not galaxy"),
        ({"severity": "dire"}, "not dire"),
        ({"cooldown_days": -1}, "0 to 400"),
        ({"cooldown_days": "soon"}, "no number of days"),
        ({"from_days": 9999}, "0 to 3650"),
        ({"dedupe": "Not this"}, "small letters"),
        ({"scope": "person"}, "asks nothing of whom"),
        ({"scope": "source"}, "not read of whom"),
        ({"owner": 3}, "what owner means"),
    ],
)
def test_a_rule_that_cannot_be_is_refused(wrong, words):
    with pytest.raises(ConditionRefused, match=words):
        terms_from({**terms_to(TERMS), **wrong})


def test_the_rules_that_come_with_it_can_all_be_read_written_and_said():
    for usual in RULES.values():
        terms = terms_from(usual.written)
        assert terms_from(terms_to(terms)) == terms
        assert condition_words(terms.when)
    for playbook in PLAYBOOKS.values():
        assert playbook.rule in RULES
        assert len(checked(playbook.steps)) == len(playbook.steps)


def test_steps_are_kept_whole_and_impossible_ones_refused():
    steps = (TaskStep(words="  Call\nthem ", days=2, whose="account"), EngagementStep(kind="training"))
    assert steps_from(steps_to(checked(steps))) == (replace(steps[0], words="Call them"), steps[1])
    for wrong in (
        (),
        (TaskStep(words=" "),),
        (TaskStep(words="Call", days=-1),),
        (TaskStep(words="Call", whose="moon"),),
        (EngagementStep(kind="party"),),
        (EngagementStep(kind="training", minutes=1),),
    ):
        with pytest.raises(PlaybookRefused):
            checked(wrong)


@pytest.mark.parametrize(
    ("on", "days", "closed", "due"),
    [
        (date(2026, 6, 9), 0, (), date(2026, 6, 9)),
        (date(2026, 6, 9), 3, (), date(2026, 6, 12)),
        (date(2026, 6, 9), 4, (), date(2026, 6, 15)),
        (date(2026, 6, 13), 0, (), date(2026, 6, 15)),
        (date(2026, 7, 2), 1, (date(2026, 7, 3),), date(2026, 7, 6)),
    ],
)
def test_working_days_leave_out_weekends_and_closed_days(on, days, closed, due):
    assert working_days_after(on, days, closed) == due
