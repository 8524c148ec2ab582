"""What burns, in words with figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from keepwell.kit.figures import COUNT, RATE, text_of
from keepwell.service_levels.published import promise_words


def burn_words(facts: Mapping[str, Any]) -> str:
    """7 missed in the last 3 days, where 1.3 may be: 5.4 times too fast. In the last day: 2."""
    return f"{_in_all(facts)} {_lately(facts)}"


# For mail: put into words only when the reader's language is known.
burn_words_later = lazy(burn_words, str)
promise_words_later = lazy(promise_words, str)


def _in_all(facts: Mapping[str, Any]) -> str:
    said = {"missed": facts["missed"], "days": _days(facts)}
    if facts["burn"] is None:
        return _("%(missed)s missed in the last %(days)s, and it is promised for every case.") % said
    said |= {"allowed": _number(facts["allowed"]), "burn": _number(facts["burn"])}
    return (
        _("%(missed)s missed in the last %(days)s, where %(allowed)s may be: %(burn)s times as fast.") % said
    )


def _days(facts: Mapping[str, Any], count: str = "days") -> str:
    """3 days, 3 business days; without a number where it is one: day, business day."""
    days = facts[count]
    if facts["in_business_time"]:
        words = ngettext("business day", "%(days)s business days", days)
    else:
        words = ngettext("day", "%(days)s days", days)
    return words % {"days": days}


def _lately(facts: Mapping[str, Any]) -> str:
    said = {"missed": facts["lately_missed"], "days": _days(facts, "lately_days")}
    return _("Of these %(missed)s in the last %(days)s.") % said


def _number(figure: float) -> str:
    return text_of(figure, COUNT if figure >= 10 else RATE)
