"""Terms, notice and contract years: worked examples and what holds for any day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keepwell.contracts.terms import (
    A_DAY,
    Conditions,
    Outcome,
    Phase,
    Renews,
    Span,
    TermState,
    contract_year,
    contract_years,
    dates_of,
    following,
    goes_on_by_itself,
    may_end,
    minimum_last,
    months_after,
    phase_on,
    span_of,
)

DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2080, 12, 31))
YEAR_2026 = Span(first=date(2026, 1, 1), last=date(2026, 12, 31))


def agreed(**more):
    return Conditions(**{"began_on": date(2026, 1, 1), **more})


@pytest.mark.parametrize(
    ("first", "months", "last"),
    [
        ("2026-01-01", 12, "2026-12-31"),
        ("2026-07-01", 36, "2029-06-30"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-28"),
        ("2024-03-01", 12, "2025-02-28"),
        ("2023-03-01", 12, "2024-02-29"),
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2026-12-15", 1, "2027-01-14"),
    ],
)
def test_a_term_of_so_many_months_ends_on_this_day(first, months, last):
    assert span_of(date.fromisoformat(first), months).last == date.fromisoformat(last)


@given(DAYS, st.integers(1, 120))
def test_a_term_has_its_months_give_or_take_the_short_ones(first, months):
    after = months_after(first, months)
    assert 28 * months <= (after - first).days <= 31 * months + 1
    assert after.day in (first.day, 1)


@given(DAYS, st.integers(1, 60), st.integers(1, 5))
def test_terms_follow_one_another_without_a_gap(first, months, terms):
    span = span_of(first, months)
    for _term in range(terms):
        after = following(span, months)
        assert after.first - span.last == A_DAY
        span = after


@pytest.mark.parametrize(
    ("notice", "lead", "notice_on", "budget_on", "window_on"),
    [
        (90, 0, "2026-10-02", None, "2026-09-02"),
        (90, 270, "2026-10-02", "2026-04-05", "2026-04-05"),
        (90, 100, "2026-10-02", "2026-09-22", "2026-09-02"),
        (0, 0, "2026-12-31", None, "2026-12-01"),
    ],
)
def test_notice_and_budget_follow_from_the_term(notice, lead, notice_on, budget_on, window_on):
    dates = dates_of(YEAR_2026, agreed(notice_days=notice, budget_lead_days=lead))
    assert dates.notice_on == date.fromisoformat(notice_on)
    assert dates.budget_on == (date.fromisoformat(budget_on) if budget_on else None)
    assert dates.window_on == date.fromisoformat(window_on)


def test_after_a_renewal_they_are_those_of_the_new_term():
    conditions = agreed(notice_days=90, budget_lead_days=200)
    after = following(YEAR_2026, 12)
    assert dates_of(after, conditions).notice_on == date(2027, 10, 2)
    assert dates_of(after, conditions).budget_on == date(2027, 6, 14)


def test_a_notice_before_29_february_is_counted_by_the_days_there_are():
    ends_in_leap_march = span_of(date(2023, 4, 1), 12)
    assert dates_of(ends_in_leap_march, agreed(notice_days=31)).notice_on == date(2024, 2, 29)


def test_within_the_minimum_term_the_dates_are_those_of_the_term_that_may_end():
    conditions = agreed(minimum_months=36, notice_days=90, renews=Renews.BY_AGREEMENT)
    assert minimum_last(conditions) == date(2028, 12, 31)
    assert not may_end(YEAR_2026, conditions)
    dates = dates_of(YEAR_2026, conditions)
    assert (dates.ends_on, dates.notice_on) == (date(2028, 12, 31), date(2028, 10, 2))
    assert dates.goes_on_from == date(2027, 1, 1), "whatever was agreed, it goes on"


@pytest.mark.parametrize(
    ("renews", "from_day"),
    [
        (Renews.BY_AGREEMENT, None),
        (Renews.AFTER_NOTICE, date(2026, 10, 3)),
        (Renews.AT_END, date(2027, 1, 1)),
    ],
)
def test_a_contract_renews_itself_as_it_says(renews, from_day):
    conditions = agreed(renews=renews, notice_days=90)
    assert dates_of(YEAR_2026, conditions).goes_on_from == from_day
    if from_day:
        assert not goes_on_by_itself(YEAR_2026, conditions, from_day - A_DAY)
        assert goes_on_by_itself(YEAR_2026, conditions, from_day)


def test_a_notice_longer_than_the_term_renews_no_term_before_it_begins():
    conditions = agreed(term_months=1, notice_days=90)
    assert dates_of(span_of(date(2026, 5, 1), 1), conditions).goes_on_from == date(2026, 5, 1)


@pytest.mark.parametrize(
    ("on", "phase"),
    [
        ("2025-12-31", Phase.UPCOMING),
        ("2026-01-01", Phase.IN_TERM),
        ("2026-09-01", Phase.IN_TERM),
        ("2026-09-02", Phase.NOTICE_WINDOW),
        ("2026-12-31", Phase.NOTICE_WINDOW),
        ("2027-01-01", Phase.EXPIRED),
    ],
)
def test_the_phase_of_a_term_that_nobody_has_decided(on, phase):
    conditions = agreed(notice_days=90, renews=Renews.BY_AGREEMENT)
    assert phase_on(date.fromisoformat(on), [TermState(span=YEAR_2026)], conditions) == phase


def test_decided_it_is_in_term_from_that_day_and_was_in_its_window_before():
    conditions = agreed(notice_days=90)
    lost = [TermState(span=YEAR_2026, outcome=Outcome.LOST, decided_on=date(2026, 9, 20))]
    assert phase_on(date(2026, 9, 19), lost, conditions) == Phase.NOTICE_WINDOW
    assert phase_on(date(2026, 9, 20), lost, conditions) == Phase.IN_TERM
    assert phase_on(date(2027, 1, 1), lost, conditions) == Phase.EXPIRED


def test_one_that_renews_itself_does_not_expire_while_nobody_records_it():
    undecided = [TermState(span=YEAR_2026)]
    assert phase_on(date(2027, 1, 1), undecided, agreed(renews=Renews.AT_END)) == Phase.IN_TERM


@given(DAYS, DAYS, st.integers(1, 36), st.integers(0, 400), st.integers(0, 400), st.sampled_from(Renews))
def test_every_day_has_one_phase_and_they_come_in_their_order(first, on, months, notice, lead, renews):
    conditions = Conditions(
        began_on=first, term_months=months, notice_days=notice, budget_lead_days=lead, renews=renews
    )
    terms = [TermState(span=span_of(first, months))]
    order = list(Phase)
    today, tomorrow = (phase_on(day, terms, conditions) for day in (on, on + A_DAY))
    goes_on = renews != Renews.BY_AGREEMENT and on >= terms[0].span.last
    assert order.index(today) <= order.index(tomorrow) or goes_on


@pytest.mark.parametrize(
    ("began", "on", "first", "last"),
    [
        ("2026-07-01", "2026-07-01", "2026-07-01", "2027-06-30"),
        ("2026-07-01", "2028-06-30", "2027-07-01", "2028-06-30"),
        ("2024-02-29", "2025-02-28", "2024-02-29", "2025-02-28"),
        ("2024-02-29", "2025-03-01", "2025-03-01", "2026-02-28"),
        ("2024-02-29", "2028-02-28", "2027-03-01", "2028-02-28"),
        ("2024-02-29", "2028-02-29", "2028-02-29", "2029-02-28"),
    ],
)
def test_the_contract_year_of_a_day(began, on, first, last):
    year = contract_year(date.fromisoformat(began), date.fromisoformat(on))
    assert (year.first.isoformat(), year.last.isoformat()) == (first, last)


@given(DAYS, st.integers(0, 8000))
def test_contract_years_hold_every_day_once(began, later):
    on = began + timedelta(days=later)
    years = list(contract_years(began, on))
    assert [on in year for year in years].count(True) == 1
    assert all(after.first - before.last == A_DAY for before, after in zip(years, years[1:], strict=False))
    assert contract_year(began, on) == years[-1]


def test_a_day_before_the_contract_has_no_year():
    with pytest.raises(ValueError):
        contract_year(date(2026, 1, 1), date(2025, 12, 31))


def test_a_span_does_not_end_before_it_begins():
    with pytest.raises(ValueError):
        Span(first=date(2026, 1, 2), last=date(2026, 1, 1))
