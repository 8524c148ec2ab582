"""A view in the vendor's own warehouse is read day by day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import structlog
from django.conf import settings
from django.utils.translation import gettext as _

from keepwell.kit import clock, heavy
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.usage.engine import connected
from keepwell.usage.gathering import Gathered, as_table, gather
from keepwell.usage.landing import note_heard, note_refused
from keepwell.usage.models import Source, SourceKind
from keepwell.usage.uploads import NAMES, Row
from keepwell.usage.verbs.compacting import fold

log = structlog.get_logger("keepwell.usage")

DAY = timedelta(days=1)
# A new source is read from so long ago; what came late in the last days is found by reading them again.
FROM_THE_BEGINNING, AGAIN = 400 * DAY, 3 * DAY


def fetch_from_the_warehouse(*, at: datetime | None = None) -> None:
    """Every view that is a source is read up to yesterday. One that cannot be read says why on its page."""
    at = clock.instant(at)
    views = Source.objects.filter(kind=SourceKind.WAREHOUSE, stopped_at__isnull=True)
    if not settings.KEEPWELL_USAGE_WAREHOUSE or not views:
        return
    with connected(settings.KEEPWELL_USAGE_WAREHOUSE) as con:
        for source in views:
            fetch(source, con, at=at)


def fetch(source: Source, con: Any, *, at: datetime | None = None) -> None:
    """The days of one view that have ended, each whole and by itself: what was read stays read."""
    at = clock.instant(at)
    try:
        for day in _days(source, at.date()):
            _fetch_day(source, con, day, at=at)
    except Exception as error:  # each engine has errors of its own, and one view must not stop the others
        log.exception("a view could not be read", source=source.pk)
        # What an engine says may hold the password it was called with.
        words = _("The view cannot be read (%(error)s). The log of the worker says more.")
        note_refused(source, 0, words % {"error": type(error).__name__}, at=at)


@all_or_nothing()
def _fetch_day(source: Source, con: Any, day: date, *, at: datetime) -> None:
    found = Gathered()
    events = list(gather(source, _rows(source, con, day), found, at=at))
    if events:
        fold(source, as_table(source, events, at=at), at=at)
        note_heard(source, at)
    if found.problems:
        note_refused(source, found.wrong, found.problems[-1].words, at=at)
    Source.objects.filter(pk=source.pk).update(read_until=day)


def _days(source: Source, today: date) -> Iterator[date]:
    day = (
        source.read_until + DAY - AGAIN if source.read_until else source.added_at.date() - FROM_THE_BEGINNING
    )
    while day < today:
        yield day
        day += DAY


def _rows(source: Source, con: Any, day: date) -> Iterator[tuple[int, Row]]:
    database, _dot, name = source.table.rpartition(".")
    view = con.table(name, database=database or None)
    begins = datetime.combine(day, time(), UTC)
    columns = {
        each: column for each, names in NAMES.items() for column in view.columns if column.lower() in names
    }
    at = view[columns["timestamp"]].cast("timestamp('UTC')")
    ibis = heavy.ibis()
    of_day = view.filter((at >= ibis.literal(begins)) & (at < ibis.literal(begins + DAY)))
    wanted = of_day.select(**{each: view[column] for each, column in columns.items()})
    yield from enumerate(con.to_pyarrow(wanted).to_pylist(), 1)
