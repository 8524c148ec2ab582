"""The clocks of an imported case, by the same replay as everywhere; nobody is told of what it missed."""

from __future__ import annotations

from datetime import datetime, timedelta

from keepwell.imports.in_bulk.rows import made
from keepwell.imports.logs.under_way import UnderWay
from keepwell.service_levels.caching import refresh, standing_of, values_of
from keepwell.service_levels.history import history_from
from keepwell.service_levels.models import Passing, PolicyVersion
from keepwell.service_levels.promises import Promises
from keepwell.service_levels.replay import replay

MISSED = Passing.What.MISSED.value


class Measure:
    """What was ever promised, read once for many cases, and the instant up to which they are measured."""

    def __init__(self, now: datetime) -> None:
        self.promises = Promises()
        self.now = now
        self._windows = dict(PolicyVersion.objects.values_list("pk", "reopen_days"))

    def window_for(self, account: int | None, at: datetime) -> timedelta:
        return timedelta(days=self._windows[self.promises.version_at(account, at)])

    def put_down(self, work: UnderWay) -> None:
        """The clocks of a new case and how it stands, on its sheet. A miss counts as told."""
        history = history_from(work.lines, self.promises)
        clocks = replay(history.facts, terms_at=history.terms_at, as_of=self.now)
        for clock in clocks:
            *values, _warn_at = values_of(clock)
            work.sheet.clocks.append((work.case.pk, *values, None))
            if clock.missed_at is not None:
                work.sheet.add(
                    made(
                        Passing,
                        case_id=work.case.pk,
                        metric=clock.metric,
                        started_by=clock.started_by,
                        what=MISSED,
                        due_at=clock.missed_at,
                        fired_at=self.now,
                    )
                )
        if standing := standing_of(work.case, clocks):
            work.sheet.add(standing)

    def bring_up(self, work: UnderWay) -> None:
        """The same for a case that was there, once its entries are written."""
        refresh(work.case.pk, at=self.now)
