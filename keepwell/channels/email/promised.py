"""What a mail may say about the next thing that was promised."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from keepwell.cases.models import Case
from keepwell.cases.states import OPEN_STATES, State
from keepwell.kit import wording
from keepwell.service_levels.promises import NothingPromised, Promises

RUNS_IN = frozenset(OPEN_STATES) - {State.WAITING_ON_CUSTOMER, State.SCHEDULED}


def promise_words(case: Case, metric: str, at: datetime, time_zone: str = "") -> str:
    """By when, at the latest, if the promise began to run at `at`; empty where none runs.

    In the reader's zone, "" for that of the support hours.
    """
    if case.state not in RUNS_IN:
        return ""
    try:
        terms = Promises().terms_for([(at, case.account_id)])(at)
    except NothingPromised:
        return ""
    found = terms.commitment(metric, case.severity)
    if found is None:
        return ""
    hours = terms.working_time
    due_at = hours.due(at, found[1].amount, found[1].unit)
    return wording.full(due_at, ZoneInfo(time_zone) if time_zone else hours.zone)
