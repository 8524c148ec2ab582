"""A chunk of cases of a log, all of them or none."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from keepwell.cases.models import Case, Closure, LevelStay
from keepwell.imports.in_bulk.rows import made
from keepwell.imports.in_bulk.sheet import Sheet
from keepwell.imports.logs.acts import begins_anew, play
from keepwell.imports.logs.acts.ending import close_what_stayed_solved
from keepwell.imports.logs.acts.opening import go_on_as_another, open_case
from keepwell.imports.logs.events import Event
from keepwell.imports.logs.measuring import Measure
from keepwell.imports.logs.places import Places
from keepwell.imports.logs.sorting_out import Sorted, sort_out
from keepwell.imports.logs.under_way import UnderWay
from keepwell.imports.models import ImportedCase, ImportedLog
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock_key


@dataclass(frozen=True, kw_only=True)
class Writer:
    """What every chunk of a run is written with. What is promised is read once for the run."""

    log: ImportedLog
    places: Places
    measure: Measure
    opens_with_first: bool

    @all_or_nothing()
    def write(self, chunk: Sequence[Sequence[Event]]) -> list[Sorted]:
        """Writes what is missing of these cases; gives what was found. Effects: entries, told to nobody."""
        lock_key(f"imported log of desk {self.log.desk_id}")
        found = sort_out(chunk, self.log.desk_id, opens_with_first=self.opens_with_first)
        coming = [one for one in found if one.story.events]
        sheet = Sheet(random.Random())
        written = [work for one in coming for work in self._told(sheet, one)]
        for work in written:
            work.save()
        sheet.write()
        for work in written:
            if not work.is_new:
                self.measure.bring_up(work)
        self._count(coming)
        return found

    def _told(self, sheet: Sheet, one: Sorted) -> list[UnderWay]:
        """The case with its history, and each that took it up after its window."""
        work, standing = self._begun(sheet, one)
        parts = [work]
        for event in one.story.events:
            close_what_stayed_solved(work, event.at)
            if begins_anew(work, event, standing):
                self._end(work)
                work = go_on_as_another(work, event.at)
                parts.append(work)
            play(work, event, standing)
            standing = event.standing or standing
        self._end(work)
        self._remember(sheet, one, parts, standing)
        return parts

    def _begun(self, sheet: Sheet, one: Sorted) -> tuple[UnderWay, str]:
        if one.there is None:
            opening, window_for = one.story.events[0], self.measure.window_for
            return open_case(sheet, opening, self.log.desk.name, self.places, window_for), ""
        return self._taken_up(sheet, one.there.case_id), one.there.standing

    def _taken_up(self, sheet: Sheet, case_id: int) -> UnderWay:
        return UnderWay(
            sheet=sheet,
            window_for=self.measure.window_for,
            case=Case.objects.select_for_update(of=("self",)).get(pk=case_id),
            is_new=False,
            stay=LevelStay.objects.filter(case=case_id, left_at__isnull=True).first(),
            closure=Closure.objects.filter(case=case_id, reopened_at__isnull=True).first(),
        )

    def _end(self, work: UnderWay) -> None:
        close_what_stayed_solved(work, self.measure.now)
        if work.is_new:
            self.measure.put_down(work)

    def _remember(self, sheet: Sheet, one: Sorted, parts: list[UnderWay], standing: str) -> None:
        """How far the case is in. What goes on with it later goes on with its last part."""
        events = one.story.events
        last_at = max(event.at for event in events)
        columns = {
            "log_id": self.log.pk,
            "events": len(events) + (one.there.events if one.there else 0),
            "through_at": last_at,
            "standing": standing,
            "digests": _digests(one, last_at),
        }
        if one.there:
            ImportedCase.objects.filter(pk=one.there.pk).update(**columns)
        first = one.there.part if one.there else 0
        for part, work in enumerate(parts, start=first or 1):
            if work.is_new:
                external, desk = one.story.case, self.log.desk_id
                sheet.add(
                    made(
                        ImportedCase,
                        desk_id=desk,
                        external=external,
                        part=part,
                        case_id=work.case.pk,
                        **columns,
                    )
                )

    def _count(self, coming: Sequence[Sorted]) -> None:
        ImportedLog.objects.filter(pk=self.log.pk).update(
            cases=F("cases") + sum(one.is_new for one in coming),
            events=F("events") + sum(len(one.story.events) for one in coming),
        )


def _digests(one: Sorted, last_at: datetime) -> list[int]:
    """Those of the events at the last instant; what came in at it before stays among them."""
    now = [event.digest for event in one.story.events if event.at == last_at]
    before = one.there.digests if one.there and one.there.through_at == last_at else []
    return [*before, *now]
