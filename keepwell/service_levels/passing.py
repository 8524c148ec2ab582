"""What has come due: each warning and each miss is told exactly once, after any outage.

No timer watches open cases. The next due instants are indexed; this takes the rows whose instant has come,
some at a time, and brings their cases up to the present.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from keepwell.cases.models import Case
from keepwell.kit import clock as kit_clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.service_levels import clock_state
from keepwell.service_levels.caching import refresh
from keepwell.service_levels.models import Clock
from keepwell.service_levels.telling import tell_warned

AT_ONCE = 200


def fire_what_is_due(*, at: datetime | None = None) -> int:
    """Tells every warning and miss whose instant has come by `at`; gives how many. Again, it tells none.

    Effects: clock.warned and clock.missed, dated at the instant itself.
    """
    at = kit_clock.instant(at)
    return _all_of(_overdue_cases, _bring_up, at) + _all_of(_warnings, _warn, at)


def _all_of(find: Callable[[datetime], list[int]], tell: Callable[[int, datetime], int], at: datetime) -> int:
    told = 0
    while True:
        # A round that tells nothing ends it: what another worker holds comes again with the next minute.
        news = sum(tell(found, at) for found in find(at))
        told += news
        if not news:
            return told


def _overdue_cases(at: datetime) -> list[int]:
    overdue = Clock.objects.filter(state=clock_state.RUNNING, due_at__lt=at)
    return list(dict.fromkeys(overdue.order_by("due_at").values_list("case_id", flat=True)[:AT_ONCE]))


def _warnings(at: datetime) -> list[int]:
    soon = Clock.objects.filter(state=clock_state.RUNNING, warn_at__lte=at)
    return list(soon.order_by("warn_at").values_list("pk", flat=True)[:AT_ONCE])


@all_or_nothing()
def _bring_up(case_id: int, at: datetime) -> int:
    return refresh(case_id, at=at)


@all_or_nothing()
def _warn(clock_id: int, at: datetime) -> int:
    # The case is locked first, as every verb does.
    Case.objects.select_for_update(of=("self",)).only("pk").filter(clocks=clock_id).first()
    clock = Clock.objects.select_related("case").filter(pk=clock_id, state=clock_state.RUNNING).first()
    if clock is None or clock.warn_at is None or clock.warn_at > at:
        return 0
    Clock.objects.filter(pk=clock_id).update(warn_at=None)
    return tell_warned(clock, at=at)
