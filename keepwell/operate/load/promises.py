"""The promises of a loaded case: by the replay that measures every other, told as the worker tells them."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache

from keepwell.operate.load.rows import UnderWay
from keepwell.people.actors import System
from keepwell.service_levels import clock_state
from keepwell.service_levels.caching import rows_of, standing_of
from keepwell.service_levels.history import history_from
from keepwell.service_levels.models import Clock, Passing, PolicyVersion
from keepwell.service_levels.promises import Promises
from keepwell.service_levels.telling import facts_of

BY = System("clock").actor_ref
# The job that tells of what has come due runs every minute.
TOLD_AFTER = timedelta(minutes=1)


class Measure:
    """What was ever promised, read once for many cases, and the instant up to which they are measured."""

    def __init__(self, ends_at: datetime) -> None:
        self.promises = Promises()
        self.ends_at = ends_at

    def window_for(self, account: int, at: datetime) -> timedelta:
        return timedelta(days=_reopen_days(self.promises.version_at(account, at)))

    def measure(self, work: UnderWay) -> None:
        """The clocks of the case, how it stands, and what was told of its dues."""
        history = history_from(work.entries, self.promises)
        clocks = rows_of(work.case.pk, history, as_of=self.ends_at)
        for clock in clocks:
            work.add(clock)
            self._tell(work, clock)
        standing = standing_of(work.case, clocks)
        if standing:
            work.add(standing)

    def _tell(self, work: UnderWay, clock: Clock) -> None:
        if clock.missed_at is not None:
            _record(work, Passing.What.MISSED, clock, clock.missed_at, clock.missed_at)
        elif clock.state == clock_state.RUNNING and clock.warn_at and clock.warn_at <= self.ends_at:
            _record(work, Passing.What.WARNED, clock, clock.warn_at, clock.due_at)
            clock.warn_at = None


def _record(work: UnderWay, what: Passing.What, clock: Clock, at: datetime, due_at: datetime | None) -> None:
    if due_at is None:
        return
    work.add(
        Passing(
            case_id=clock.case_id,
            metric=clock.metric,
            started_by=clock.started_by,
            what=what.value,
            due_at=due_at,
            fired_at=at + TOLD_AFTER,
        )
    )
    facts = facts_of(clock, due_at)
    if what == Passing.What.MISSED:
        facts["late"] = False
    work.record(f"clock.{what.value}", by=BY, at=at, cause=work.new_cause(), facts=facts)


@lru_cache(maxsize=64)
def _reopen_days(policy_version: int) -> int:
    return PolicyVersion.objects.values_list("reopen_days", flat=True).get(pk=policy_version)
