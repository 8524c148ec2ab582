"""What the promises would mean for a case sent now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from keepwell.service_levels.promises import NothingPromised, Promises
from keepwell.service_levels.terms import FOLLOW_UP, INITIAL_CONTACT, RANKS, RESOLUTION, Terms

SHOWN = (INITIAL_CONTACT, FOLLOW_UP, RESOLUTION)


def foreseen(account: int | None, at: datetime) -> Mapping[str, Mapping[str, datetime]]:
    """By when what would happen to a case of this account sent at `at`: severity to metric to due.

    Empty before there are guidelines.
    """
    try:
        terms = Promises().terms_for([(at, account)])(at)
    except NothingPromised:
        return {}
    return {severity: _dues(terms, severity, at) for severity in RANKS}


def _dues(terms: Terms, severity: str, at: datetime) -> dict[str, datetime]:
    promised = {metric: terms.commitment(metric, severity) for metric in SHOWN}
    return {
        metric: terms.working_time.due(at, found[1].amount, found[1].unit)
        for metric, found in promised.items()
        if found
    }
