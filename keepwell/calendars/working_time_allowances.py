"""An allowance's amount as a whole number: seconds for the hour units, days for the day units."""

import math
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from numbers import Rational

from keepwell.calendars.working_time_errors import AllowanceError, gettext_noop

HOURS = "hours"
BUSINESS_HOURS = "business_hours"
BUSINESS_DAYS = "business_days"
END_OF_BUSINESS_DAY = "end_of_business_day"
UNITS = (HOURS, BUSINESS_HOURS, BUSINESS_DAYS, END_OF_BUSINESS_DAY)

_FEWEST_DAYS = {BUSINESS_DAYS: 1, END_OF_BUSINESS_DAY: 0}
_HALF = Fraction(1, 2)


def known_unit(unit: object) -> str:
    """The unit itself, or an AllowanceError that names the four there are."""
    if isinstance(unit, str) and unit in UNITS:
        return unit
    raise AllowanceError(
        gettext_noop("There is no unit %(unit)r. The units are %(units)s."),
        unit=unit,
        units=", ".join(UNITS),
    )


def allowance_count(amount: object, unit: object) -> int:
    """What an allowance grants: seconds for `hours` and `business_hours`, else whole days.

    Amounts may be int, float, Decimal or Fraction. A float counts as the decimal number it
    prints as (0.1 hours is 360 seconds). Hours round to the nearest second, half a second up,
    in exact arithmetic. Errors: AllowanceError.
    """
    try:
        return _count(amount, unit)
    except TypeError as unhashable:
        known_unit(unit)
        raise _no_number(amount) from unhashable


# Typed, or True would be answered from what 1 left behind.
@lru_cache(maxsize=1024, typed=True)
def _count(amount: object, unit: object) -> int:
    unit = known_unit(unit)
    exact = _exact(amount)
    if unit in _FEWEST_DAYS:
        return _whole_days(exact, unit)
    if exact <= 0:
        raise AllowanceError(
            gettext_noop("An allowance in %(unit)s must be more than 0, not %(amount)s."),
            unit=unit,
            amount=amount,
        )
    return math.floor(exact * 3600 + _HALF)


def _no_number(amount: object) -> AllowanceError:
    return AllowanceError(
        gettext_noop("The amount of an allowance must be a number, not %(amount)r."),
        amount=amount,
    )


def _exact(amount: object) -> Fraction:
    if isinstance(amount, Rational) and not isinstance(amount, bool):
        return Fraction(int(amount.numerator), int(amount.denominator))
    if isinstance(amount, float | Decimal) and math.isfinite(amount):
        return Fraction(str(amount))
    raise _no_number(amount)


def _whole_days(exact: Fraction, unit: str) -> int:
    fewest = _FEWEST_DAYS[unit]
    if exact.denominator == 1 and exact >= fewest:
        return int(exact)
    raise AllowanceError(
        gettext_noop("An allowance in %(unit)s must be a whole number from %(fewest)s, not %(amount)s."),
        unit=unit,
        fewest=fewest,
        amount=exact,
    )
