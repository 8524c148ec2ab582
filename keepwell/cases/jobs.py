"""What happens to cases by itself when an instant comes. Run again, or after an outage, it does no harm."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import datetime

from procrastinate.contrib.django import app

from keepwell.cases.models import Case
from keepwell.cases.refusals import CaseRefused
from keepwell.cases.states import State
from keepwell.cases.verbs.closing import close
from keepwell.cases.verbs.snoozing import wake
from keepwell.cases.verbs.waiting import take_back
from keepwell.kit import clock
from keepwell.people.actors import System

BY = System("cases")
# So many in one run: the next run takes the rest.
AT_MOST = 500

log = logging.getLogger(__name__)


@app.periodic(cron="* * * * *")
@app.task(name="cases.wake", queueing_lock="cases.wake")
def wake_what_is_due(timestamp: int) -> None:
    wake_due()


@app.periodic(cron="*/10 * * * *")
@app.task(name="cases.close", queueing_lock="cases.close")
def close_what_stayed_solved(timestamp: int) -> None:
    close_due()


def wake_due(*, at: datetime | None = None) -> int:
    """Brings back what was put off or scheduled until `at`; gives how many cases that were."""
    at = clock.instant(at)
    sleeping = Case.objects.filter(snoozed_until_at__lte=at).order_by("pk")
    scheduled = Case.objects.filter(
        state=State.SCHEDULED.value, scheduled_until_at__lte=at, is_spam=False
    ).order_by("pk")
    return _each(sleeping[:AT_MOST], wake, at) + _each(scheduled[:AT_MOST], take_back, at)


def close_due(*, at: datetime | None = None) -> int:
    """Closes what stayed solved until its window ended; gives how many cases that were."""
    at = clock.instant(at)
    settled = Case.objects.filter(
        state=State.RESOLVED.value, reopenable_until_at__lt=at, is_spam=False
    ).order_by("reopenable_until_at", "pk")
    return _each(settled[:AT_MOST], close, at)


def _each(cases: Iterable[Case], verb: Callable[..., Case], at: datetime) -> int:
    return sum(_done(case, verb, at) for case in cases)


def _done(case: Case, verb: Callable[..., Case], at: datetime) -> bool:
    try:
        verb(case, by=BY, at=at)
    except CaseRefused as refusal:
        # Somebody was quicker.
        log.info("case %s: %s", case.pk, refusal)
        return False
    return True
