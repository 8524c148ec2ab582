"""The dates of a cadence."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keepwell.success.engagements.recurring import (
    HALF_YEARLY,
    MONTHLY,
    QUARTERLY,
    YEARLY,
    RuleRefused,
    checked_rule,
    next_on,
)

JANUARY = date(2026, 1, 15)


@pytest.mark.parametrize(
    ("rule", "after", "expected"),
    [
        (MONTHLY, date(2026, 1, 14), date(2026, 1, 15)),
        (MONTHLY, date(2026, 1, 15), date(2026, 2, 15)),
        (QUARTERLY, date(2026, 1, 15), date(2026, 4, 15)),
        (QUARTERLY, date(2026, 5, 3), date(2026, 7, 15)),
        (HALF_YEARLY, date(2026, 1, 15), date(2026, 7, 15)),
        (YEARLY, date(2026, 1, 15), date(2027, 1, 15)),
        ("FREQ=MONTHLY;BYDAY=2TU", date(2026, 1, 20), date(2026, 2, 10)),
        ("FREQ=WEEKLY;INTERVAL=2", date(2026, 1, 15), date(2026, 1, 29)),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", date(2026, 1, 31), date(2026, 2, 27)),
        ("FREQ=MONTHLY;BYMONTHDAY=31", date(2026, 1, 31), date(2026, 3, 31)),
    ],
)
def test_the_next_date_is_the_first_of_the_rule_after_a_day(rule, after, expected):
    assert next_on(rule, JANUARY, after=after) == expected


@pytest.mark.parametrize(
    "text",
    [
        "every month",
        "",
        "FREQ=HOURLY",
        "FREQ=DAILY",
        "FREQ=WEEKLY;BYDAY=MO,TH",
        "FREQ=MONTHLY;COUNT=3",
        "FREQ=MONTHLY;UNTIL=20270101",
        "FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2",
        "FREQ=MONTHLY\nRRULE:FREQ=YEARLY",
        "FREQ=MONTHLY;INTERVAL=0",
        "FREQ=MONTHLY;INTERVAL=100",
        "FREQ=MONTHLY;INTERVAL=2;INTERVAL=3",
        "FREQ=MONTHLY;BYDAY=5MO",
        "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
        "FREQ=MONTHLY;BYSETPOS=2",
        "FREQ=MONTHLY;BYMONTHDAY=0",
        "FREQ=YEARLY;BYDAY=MO",
        "FREQ=MONTHLY;NONSENSE=1",
    ],
)
def test_a_rule_that_nobody_can_plan_by_is_refused(text):
    with pytest.raises(RuleRefused):
        checked_rule(text, JANUARY)


def test_a_rule_is_kept_as_the_standard_writes_it():
    assert checked_rule(" rrule:freq=monthly;interval=3 ", JANUARY) == QUARTERLY


@given(st.sampled_from([MONTHLY, QUARTERLY, YEARLY, "FREQ=WEEKLY"]), st.dates(JANUARY, date(2035, 1, 1)))
def test_dates_go_forward_and_one_date_leads_to_the_next(rule, after):
    first = next_on(rule, JANUARY, after=after)
    assert first is not None
    assert first > after
    second = next_on(rule, JANUARY, after=first)
    assert second is not None
    assert second > first
    # Nothing of the rule lies between: asked for from any day between them it is the second one.
    assert next_on(rule, JANUARY, after=date.fromordinal(second.toordinal() - 1)) == second
