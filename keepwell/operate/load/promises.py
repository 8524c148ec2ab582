"""The promises of a loaded case: by the replay that measures every other, told as the worker tells them."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache

from keepwell.imports.in_bulk.rows import made
from keepwell.operate.load.under_way import UnderWay
from keepwell.people.actors import System
from keepwell.service_levels.caching import standing_of, values_of, warn_at_of
from keepwell.service_levels.clock_state import ClockState
from keepwell.service_levels.history import history_from
from keepwell.service_levels.models import Passing, PolicyVersion
from keepwell.service_levels.promises import Promises
from keepwell.service_levels.replay import replay
from keepwell.service_levels.telling import facts_of

BY = System("clock").actor_ref
# The job that tells of what has come due runs every minute.
TOLD_AFTER = timedelta(minutes=1)
MISSED, WARNED = Passing.What.MISSED.value, Passing.What.WARNED.value


class Measure:
    """What was ever promised, read once for many cases, and the instant up to which they are measured."""

    def __init__(self, ends_at: datetime) -> None:
        self.promises = Promises()
        self.ends_at = ends_at

    def window_for(self, account: int, at: datetime) -> timedelta:
        return timedelta(days=_reopen_days(self.promises.version_at(account, at)))

    def measure(self, work: UnderWay) -> None:
        """The clocks of the case, how it stands, and what was told of its dues."""
        history = history_from(work.lines, self.promises)
        clocks = replay(history.facts, terms_at=history.terms_at, as_of=self.ends_at)
        for clock in clocks:
            *values, warn_at = values_of(clock)
            if self._tell(work, clock):
                warn_at = None
            work.sheet.clocks.append((work.case.id, *values, warn_at))
        standing = standing_of(work.case, clocks)
        if standing:
            work.sheet.add(standing)

    def _tell(self, work: UnderWay, clock: ClockState) -> bool:
        """Whether its warning or its miss had to be told by the end."""
        if clock.missed_at is not None:
            _record(work, MISSED, clock, clock.missed_at, clock.missed_at)
            return True
        warn_at = warn_at_of(clock)
        if clock.due_at is None or warn_at is None or warn_at > self.ends_at:
            return False
        _record(work, WARNED, clock, warn_at, clock.due_at)
        return True


def _record(work: UnderWay, what: str, clock: ClockState, at: datetime, due_at: datetime) -> None:
    work.sheet.add(
        made(
            Passing,
            case_id=work.case.id,
            metric=clock.metric,
            started_by=clock.started_by,
            what=what,
            due_at=due_at,
            fired_at=at + TOLD_AFTER,
        )
    )
    facts = facts_of(clock, due_at)
    if what == MISSED:
        facts["late"] = False
    work.record(f"clock.{what}", by=BY, at=at, cause=work.sheet.new_cause(), facts=facts)


@lru_cache(maxsize=64)
def _reopen_days(policy_version: int) -> int:
    return PolicyVersion.objects.values_list("reopen_days", flat=True).get(pk=policy_version)
