"""Numbers, shares and days of a review as people read them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.utils import dateformat
from django.utils.formats import number_format
from django.utils.translation import pgettext

from keepwell.kit.figures import MINUS, NONE, SHARE, text_of


def share_words(value: Fraction | str | None) -> str:
    """87.3%, −12.0%; a dash where there is none."""
    return NONE if value is None else text_of(float(Fraction(value)), SHARE)


def signed_share_words(value: Fraction | str | None) -> str:
    """+12%, −12%: how far something lies beyond what it is held against."""
    if value is None:
        return NONE
    whole = round(Fraction(value) * 100)
    return f"{MINUS if whole < 0 else '+' if whole > 0 else ''}{abs(whole)}%"


def count_words(value: int | None) -> str:
    return NONE if value is None else number_format(value, 0, force_grouping=True)


def number_words(value: str | None) -> str:
    """12.5, in the reader's way of writing numbers, without zeros at its end."""
    if value is None:
        return NONE
    plain = Decimal(value).normalize()
    places = max(0, -int(plain.as_tuple().exponent))
    return number_format(plain, decimal_pos=places, use_l10n=True, force_grouping=True)


def day_words(on: date | str | None) -> str:
    if on is None:
        return NONE
    day = date.fromisoformat(on) if isinstance(on, str) else on
    return dateformat.format(day, pgettext("date with year, as a date format", "j M Y"))
