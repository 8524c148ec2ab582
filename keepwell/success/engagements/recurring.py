"""The dates of a cadence, from its rule. Pure. Source of the rules: RFC 5545 section 3.3.10, by dateutil.

A closed part of that grammar: what customers are met by, and nothing that never comes true, for the library
would look for it until the year 9999.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from dateutil.rrule import rrule, rrulestr
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later

from keepwell.kit.refusals import Refused

# What pages offer.
MONTHLY, QUARTERLY = "FREQ=MONTHLY", "FREQ=MONTHLY;INTERVAL=3"
HALF_YEARLY, YEARLY = "FREQ=MONTHLY;INTERVAL=6", "FREQ=YEARLY"

OFTEN = {
    MONTHLY: _later("every month"),
    QUARTERLY: _later("every three months"),
    HALF_YEARLY: _later("every six months"),
    YEARLY: _later("every year"),
}

OFTEN_AT_MOST = timedelta(days=7)
# A rule that gives nothing within so long gives nothing that anybody plans for.
LOOKED_AHEAD = timedelta(days=366 * 10)

_EVERY = r"[1-9]\d?"
_DAY = r"(?:MO|TU|WE|TH|FR|SA|SU)"
_PARTS: Mapping[str, Mapping[str, str]] = {
    "WEEKLY": {"INTERVAL": _EVERY, "BYDAY": _DAY},
    "MONTHLY": {
        "INTERVAL": _EVERY,
        "BYDAY": rf"(?:-?[1-4])?{_DAY}(?:,(?:-?[1-4])?{_DAY}){{0,6}}",
        "BYSETPOS": r"-?[1-4]",
        "BYMONTHDAY": r"-?(?:[1-9]|[12]\d|3[01])",
    },
    "YEARLY": {"INTERVAL": _EVERY},
}


class RuleRefused(Refused):
    """A rule that cannot be read, or that comes more often than once a week."""


def checked_rule(text: str, starts_on: date) -> str:
    """The rule as it is kept. Errors: RuleRefused."""
    rule = text.strip().upper().removeprefix("RRULE:")
    if not _is_understood(rule):
        raise RuleRefused(
            _(
                "This rule is not understood. It is written as in FREQ=MONTHLY;INTERVAL=3, by weeks, months "
                "or years, and without an end: end the cadence instead. Nothing was saved."
            )
        )
    first = next_on(rule, starts_on, after=starts_on - timedelta(days=1))
    second = next_on(rule, starts_on, after=first) if first else None
    if first is None or second is None:
        raise RuleRefused(_("This rule gives no dates that come again. Nothing was saved."))
    if second - first < OFTEN_AT_MOST:
        raise RuleRefused(
            _("Once a week is the most often that a customer is met by rule. Nothing was saved.")
        )
    return rule


def how_often(rule: str) -> str:
    """In words; the rule as it is written where it is none of the usual ones."""
    return str(OFTEN.get(rule, rule))


def next_on(rule: str, starts_on: date, *, after: date) -> date | None:
    """The first date of the rule after this one; None where there is none within ten years."""
    dates = rrulestr(rule, dtstart=datetime.combine(starts_on, time(0)), ignoretz=True)
    assert isinstance(dates, rrule)
    at = datetime.combine(max(after, starts_on - timedelta(days=1)), time(0))
    found = dates.after(at)
    return found.date() if found and found - at <= LOOKED_AHEAD else None


def _is_understood(rule: str) -> bool:
    parts = [part.partition("=") for part in rule.split(";")]
    given = {name: value for name, _equals, value in parts}
    known = _PARTS.get(given.pop("FREQ", ""))
    if known is None or len(given) != len(parts) - 1 or {"BYDAY", "BYMONTHDAY"} <= given.keys():
        return False
    if "BYSETPOS" in given and "BYDAY" not in given:
        return False
    return all(name in known and re.fullmatch(known[name], value, re.ASCII) for name, value in given.items())
