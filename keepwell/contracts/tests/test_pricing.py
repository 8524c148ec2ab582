"""What prices come to, and how amounts are read and written."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keepwell.contracts.licences import Entitlement, joined
from keepwell.contracts.money import amount_in, amount_words, cents_of, is_currency
from keepwell.contracts.prepaid import balance_of
from keepwell.contracts.pricing import MONTHS, Period, Price, cost_over, yearly_cents
from keepwell.contracts.terms import Span, span_of

DAYS = st.dates(min_value=date(2015, 1, 1), max_value=date(2040, 12, 31))
PERIODS = st.sampled_from([Period.MONTH, Period.QUARTER, Period.YEAR])


def span(first, last):
    return Span(first=date.fromisoformat(first), last=date.fromisoformat(last))


@pytest.mark.parametrize(
    ("period", "first", "last", "over", "cents"),
    [
        (Period.YEAR, "2026-01-01", None, ("2026-01-01", "2026-12-31"), 36500),
        (Period.YEAR, "2024-01-01", None, ("2024-01-01", "2024-12-31"), 36500),
        (Period.YEAR, "2026-01-01", None, ("2026-01-01", "2026-01-01"), 100),
        (Period.YEAR, "2026-07-01", None, ("2026-01-01", "2026-12-31"), Fraction(36500 * 184, 365)),
        (Period.MONTH, "2026-01-01", None, ("2026-01-01", "2026-12-31"), 12 * 36500),
        (Period.MONTH, "2026-01-01", None, ("2026-02-01", "2026-02-14"), 18250),
        (Period.QUARTER, "2026-01-01", "2026-06-30", ("2026-01-01", "2026-12-31"), 2 * 36500),
        (Period.ONCE, "2026-03-15", None, ("2026-01-01", "2026-12-31"), 36500),
        (Period.ONCE, "2025-03-15", None, ("2026-01-01", "2026-12-31"), 0),
        (Period.YEAR, "2027-01-01", None, ("2026-01-01", "2026-12-31"), 0),
        (Period.YEAR, "2020-01-01", "2025-12-31", ("2026-01-01", "2026-12-31"), 0),
    ],
)
def test_what_a_price_of_365_comes_to(period, first, last, over, cents):
    price = Price(
        cents=36500,
        period=period,
        first=date.fromisoformat(first),
        last=date.fromisoformat(last) if last else None,
    )
    assert cost_over(price, span(*over)) == cents


@given(DAYS, DAYS, st.integers(0, 900), st.integers(0, 900), PERIODS, st.integers(0, 10**9))
def test_what_is_cut_in_two_comes_to_the_same(first, begins, here, there, period, cents):
    price = Price(cents=cents, period=period, first=first)
    middle = begins + timedelta(days=here)
    last = middle + timedelta(days=there + 1)
    whole = cost_over(price, Span(first=begins, last=last))
    parts = (Span(first=begins, last=middle), Span(first=middle + timedelta(days=1), last=last))
    assert sum(cost_over(price, part) for part in parts) == whole


@given(DAYS, PERIODS, st.integers(1, 10**9))
def test_a_whole_period_costs_its_price_to_the_cent(first, period, cents):

    price = Price(cents=cents, period=period, first=first)
    assert cost_over(price, span_of(first, MONTHS[period])) == cents


def test_a_price_over_a_year():
    first = date(2026, 1, 1)
    found = {period: yearly_cents(Price(cents=100, period=period, first=first)) for period in Period}
    assert found == {Period.ONCE: 0, Period.MONTH: 1200, Period.QUARTER: 400, Period.YEAR: 100}


@pytest.mark.parametrize(
    ("text", "currency", "cents"),
    [
        ("12500", "USD", 1250000),
        ("12,500.50", "USD", 1250050),
        ("12'500", "JPY", 12500),
        ("1.125", "KWD", 1125),
    ],
)
def test_an_amount_is_read_in_the_smallest_unit_of_its_currency(text, currency, cents):
    assert cents_of(amount_in(text), currency) == cents


@pytest.mark.parametrize("text", ["", "a lot", "NaN", "1,25", "Infinity"])
def test_what_is_no_amount_is_refused(text):
    with pytest.raises(ValueError):
        amount_in(text)


@pytest.mark.parametrize(("amount", "currency"), [("1.005", "USD"), ("1.5", "JPY"), ("1e20", "USD")])
def test_an_amount_finer_than_its_currency_or_beyond_all_bounds_is_refused(amount, currency):
    with pytest.raises(ValueError):
        cents_of(Decimal(amount), currency)


def test_an_amount_is_written_with_its_currency():
    assert amount_words(1250000, "USD") == "USD 12,500.00"
    assert amount_words(12500, "JPY") == "JPY 12,500"
    assert is_currency("EUR")
    assert not is_currency("eur")
    assert not is_currency("EURO")


def test_seats_add_up_and_unlimited_takes_them_all():
    crews = [
        Entitlement(product=1, seats=20),
        Entitlement(product=1, seats=5),
        Entitlement(product=1, module=2),
    ]
    assert joined(crews) == [Entitlement(product=1, seats=25), Entitlement(product=1, module=2)]
    assert joined([*crews, Entitlement(product=1)])[0].is_unlimited


def test_what_is_left_of_prepaid_hours():
    lines = [("granted", 600, ""), ("used", 120, ""), ("used", 60, ""), ("reversed", 60, "used")]
    assert balance_of(lines).left == 480
    assert balance_of([*lines, ("reversed", 600, "granted")]).left == -120
    assert balance_of([]).left == 0
