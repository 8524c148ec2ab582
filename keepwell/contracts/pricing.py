"""What a price comes to over some days, exactly: fractions, rounded only by whoever shows them.

A price of a period is spread evenly over the days of that period, each counted from the first day of what is
paid for: a year with 366 days costs what one with 365 does.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from keepwell.contracts.terms import A_DAY, Span, months_after


class Period(StrEnum):
    """What a price is for."""

    ONCE = "once"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


MONTHS = {Period.MONTH: 1, Period.QUARTER: 3, Period.YEAR: 12}


@dataclass(frozen=True, kw_only=True)
class Price:
    """`cents`, the currency's smallest unit, for each period from `first` on; `last` None: no end."""

    cents: int
    period: str
    first: date
    last: date | None = None


def cost_over(price: Price, span: Span) -> Fraction:
    """What of the price falls on these days, in cents. What is paid once falls on its first day."""
    if price.period == Period.ONCE:
        return Fraction(price.cents if price.first in span else 0)
    first = max(price.first, span.first)
    last = min(price.last or span.last, span.last)
    if last < first:
        return Fraction(0)
    return price.cents * _periods(price.first, MONTHS[Period(price.period)], Span(first=first, last=last))


def yearly_cents(price: Price) -> int:
    """What it comes to in a whole year; 0 for what is paid once."""
    if price.period == Period.ONCE:
        return 0
    return price.cents * 12 // MONTHS[Period(price.period)]


def _periods(anchor: date, months: int, span: Span) -> Fraction:
    """How many periods these days are, each counted by its own number of days."""
    past = ((span.first.year - anchor.year) * 12 + span.first.month - anchor.month) // months
    number = max(0, past - 1)
    share = Fraction(0)
    while (begins := months_after(anchor, number * months)) <= span.last:
        whole = Span(first=begins, last=months_after(anchor, (number + 1) * months) - A_DAY)
        first, last = max(whole.first, span.first), min(whole.last, span.last)
        if first <= last:
            share += Fraction((last - first).days + 1, whole.days)
        number += 1
    return share
