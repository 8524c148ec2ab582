"""Amounts: whole numbers of a currency's smallest unit, and how people write and read them (ISO 4217)."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from django.utils.formats import number_format

# Currencies whose smallest unit is not a hundredth (ISO 4217, column "minor unit").
DIGITS = {
    **dict.fromkeys(("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND"), 0),
    **dict.fromkeys(("XAF", "XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}
_CODE = re.compile(r"[A-Z]{3}\Z")
MOST_CENTS = 10**14


def is_currency(code: str) -> bool:
    """Whether it is written like a currency: three capital letters."""
    return bool(_CODE.match(code))


def digits_of(currency: str) -> int:
    return DIGITS.get(currency, 2)


def cents_of(amount: Decimal, currency: str) -> int:
    """The amount in the smallest unit. Errors: ValueError where it is finer than that, or out of bounds."""
    scaled = amount.scaleb(digits_of(currency))
    if scaled != scaled.to_integral_value() or abs(scaled) > MOST_CENTS:
        raise ValueError(f"{amount} {currency}")
    return int(scaled)


def amount_in(text: str) -> Decimal:
    """What somebody wrote: 12500, 12,500.00, 12'500. Errors: ValueError."""
    plain = re.sub(r"[\s'’_]", "", text)
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", plain):
        plain = plain.replace(",", "")
    try:
        found = Decimal(plain)
    except InvalidOperation:
        raise ValueError(text) from None
    if not found.is_finite():
        raise ValueError(text)
    return found


def as_decimal(cents: int, currency: str) -> Decimal:
    return Decimal(cents).scaleb(-digits_of(currency))


def amount_words(cents: int, currency: str) -> str:
    """As it is read: USD 12,500.00, in the reader's way of writing numbers."""
    written = number_format(
        as_decimal(cents, currency), decimal_pos=digits_of(currency), use_l10n=True, force_grouping=True
    )
    return f"{currency} {written}"
