"""Trying and applying a whole log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from keepwell.imports.logs.events import Event, EventReader, places_in
from keepwell.imports.logs.lines import Row, Source, rows_of, source_of
from keepwell.imports.logs.mapping import LogMap, read_map
from keepwell.imports.logs.measuring import Measure
from keepwell.imports.logs.places import Places, find_product, known_account, teams_named_in
from keepwell.imports.logs.refusing import Refusal
from keepwell.imports.logs.report import LogReport
from keepwell.imports.logs.sorting_out import Sorted, chunks_of, sort_out
from keepwell.imports.logs.staging import events_by_case, staged
from keepwell.imports.logs.under_way import BY
from keepwell.imports.logs.writing import Writer
from keepwell.imports.models import ImportedLog, OtherDesk
from keepwell.journal.recording import Actor, record
from keepwell.kit import clock
from keepwell.people import permits

Chunk = list[list[Event]]
TELL_EVERY_ROWS = 100_000


class Hearers:
    """Who hears of what while a log is read; each is called with a sentence, or with a refusal."""

    def __init__(
        self,
        refused: Callable[[Refusal], None] = lambda refusal: None,
        how_far: Callable[[str], None] = lambda sentence: None,
    ) -> None:
        self.refused, self.how_far = refused, how_far


def run(
    path: Path, mapping: bytes, *, is_applied: bool = False, hearers: Hearers | None = None, by: Actor = BY
) -> LogReport:
    """Tries the log, or applies it: what is not in yet comes in, chunk after chunk, each whole.

    Nothing is kept of a log with values that the map does not explain. Effects: what happened on each case,
    told to nobody; import.applied. Errors: MapRefused, TableRefused, NotPermitted; OSError.
    """
    permits.require(by, "import.run")
    log_map, now = read_map(mapping), clock.now()
    source = source_of(path, log_map.encoding, log_map.separator)
    return _Run(source, log_map, now, hearers or Hearers()).go(is_applied=is_applied)


class _Run:
    def __init__(self, source: Source, log_map: LogMap, now: datetime, hearers: Hearers) -> None:
        places = places_in(source.heading, log_map)
        self.source, self.map, self.now, self.hearers = source, log_map, now, hearers
        self.reader = EventReader(log_map, places, teams_named_in(log_map), now)
        self.report = LogReport(columns=log_map.columns, not_used=places.not_used)

    def go(self, *, is_applied: bool) -> LogReport:
        with staged(self.reader.read(self._rows()), self._refused):
            self._look_at_values()
            if is_applied and self.report.is_mapped:
                self._apply()
            else:
                self._try()
        return self.report

    def _rows(self) -> Iterator[Row]:
        rows = rows_of(self.source.path, self.source.encoding, self.source.separator)
        next(rows)
        for number, row in enumerate(rows, start=1):
            if number % TELL_EVERY_ROWS == 0:
                self.hearers.how_far(_("%(rows)s rows read") % {"rows": number})
            yield row

    def _refused(self, refusal: Refusal) -> None:
        self.report.refuse(refusal)
        self.hearers.refused(refusal)

    def _look_at_values(self) -> None:
        self.report.rows, self.report.unmapped = self.reader.rows, self.reader.unmapped
        names = self.reader.names
        self.report.unknown = {
            "account": _unknown(names["account"], known_account),
            "product": _unknown(names["product"], find_product),
        }

    def _try(self) -> None:
        desk = OtherDesk.objects.filter(name__iexact=self.map.desk).values_list("pk", flat=True).first()
        self._each(lambda chunk: sort_out(chunk, desk, opens_with_first=self.map.first_row_opens))

    def _apply(self) -> None:
        log = self._log()
        places = Places(log.desk.name, by=BY, at=self.now)
        writer = Writer(
            log=log, places=places, measure=Measure(self.now), opens_with_first=self.map.first_row_opens
        )
        self._each(writer.write)
        self._end(log)

    def _log(self) -> ImportedLog:
        desk = OtherDesk.objects.filter(name__iexact=self.map.desk).first()
        desk = desk or OtherDesk.objects.create(name=self.map.desk)
        log, _is_new = ImportedLog.objects.select_related("desk").get_or_create(
            desk=desk,
            content=self.source.digest,
            mapping=self.map.digest,
            defaults={"began_at": self.now},
        )
        return log

    def _each(self, handle: Callable[[Chunk], list[Sorted]]) -> None:
        done = 0
        for chunk in chunks_of(events_by_case()):
            found = handle(chunk)
            for one in found:
                for refusal in one.story.refusals:
                    self._refused(refusal)
            self.report.count(found)
            done += len(chunk)
            self.hearers.how_far(_("%(cases)s cases") % {"cases": done})

    def _end(self, log: ImportedLog) -> None:
        report = self.report
        report.is_applied = True
        with transaction.atomic():
            ImportedLog.objects.filter(pk=log.pk).update(ended_at=self.now)
            if report.events:
                facts = {"added": report.cases, "changed": report.going_on, "unchanged": report.as_they_were}
                record("import.applied", by=BY, at=self.now, subjects=[], facts={"kind": "log", **facts})


def _unknown(names: Mapping[str, int], find: Callable[[str], object]) -> Counter[str]:
    return Counter({name: count for name, count in names.items() if find(name) is None})
