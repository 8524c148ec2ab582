"""Events from a file: tried first, then all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from keepwell.journal.recording import Actor, record
from keepwell.kit import clock, heavy
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock_key
from keepwell.people import permits
from keepwell.usage.days import day_of
from keepwell.usage.engine import embedded
from keepwell.usage.folding import that_count, with_day
from keepwell.usage.gathering import Gathered, as_table, gather
from keepwell.usage.kept_days import Written, keep_days, next_revision
from keepwell.usage.landing import note_heard
from keepwell.usage.models import DayFile, Source
from keepwell.usage.refusals import FileRefused
from keepwell.usage.uploads import rows_of
from keepwell.usage.verbs.compacting import ROWS_AT_ONCE, fold

PERMIT = "settings.usage"
Item = TypeVar("Item")


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file; as a correction it replaces each day that it has events of. `revision` 0: the next one."""

    path: Path
    is_correction: bool = False
    revision: int = 0


def try_file(source: Source, upload: Upload, *, by: Actor, at: datetime | None = None) -> Gathered:
    """What is in the file, and what is wrong with it; nothing is kept. Errors: FileRefused."""
    permits.require(by, PERMIT)
    _refuse(source, upload)
    found = Gathered()
    for _event in gather(source, rows_of(upload.path, source.kind), found, at=clock.instant(at)):
        pass
    return found


@all_or_nothing()
def bring_in(source: Source, upload: Upload, *, by: Actor, at: datetime | None = None) -> Gathered:
    """The events of the file are kept, and its days are due to be counted. Effects: source.file_taken.

    Errors: FileRefused where any line has a problem: nothing is kept then.
    """
    permits.require(by, PERMIT)
    at = clock.instant(at)
    _refuse(source, upload)
    found = Gathered()
    events = gather(source, rows_of(upload.path, source.kind), found, at=at)
    tables = (as_table(source, some, at=at) for some in _in_pieces(events, ROWS_AT_ONCE))
    revision = _correct(source, upload, tables, at) if upload.is_correction else _add(source, tables, at)
    if not found.is_clean:
        raise FileRefused(_("Some lines have problems. Try the file first. Nothing was brought in."))
    note_heard(source, at)
    facts = {"events": found.events, "days": len(found.days), "revision": revision}
    record("source.file_taken", by=by, at=at, subjects=[("source", source.pk)], facts=facts)
    return found


def _add(source: Source, tables: Iterator[Any], at: datetime) -> int:
    for table in tables:
        fold(source, table, at=at)
    return 0


def _correct(source: Source, upload: Upload, tables: Iterator[Any], at: datetime) -> int:
    lock_key(f"usage.source:{source.pk}")
    pieces = list(tables)
    if not pieces:
        raise FileRefused(_("The file has no events. Nothing was brought in."))
    with embedded() as con:
        table = heavy.pyarrow().concat_tables(pieces)
        whole = con.create_table(
            "whole", with_day(that_count(con.create_table("came", table, temp=True))), temp=True
        )
        days = tuple(sorted(_days(whole)))
        revision = upload.revision or next_revision(source, days)
        if DayFile.objects.filter(source=source, day__in=days, revision=revision).exists():
            raise FileRefused(
                _("Revision %(revision)s of one of these days is there already. Nothing was brought in.")
                % {"revision": revision}
            )
        keep_days(Written(source=source, days=days, at=at, revision=revision), whole)
    return revision


def _days(whole: Any) -> Iterator[Any]:
    from_numbers = whole.select("utc_day").distinct().to_pyarrow()["utc_day"].to_pylist()
    return map(day_of, from_numbers)


def _in_pieces(items: Iterator[Item], size: int) -> Iterator[list[Item]]:
    while piece := list(islice(items, size)):
        yield piece


def _refuse(source: Source, upload: Upload) -> None:
    if not source.takes_files or not source.is_in_use:
        raise FileRefused(_("No files are taken for this source. Nothing was brought in."))
    if upload.revision and not upload.is_correction:
        raise FileRefused(_("Only a correction has a revision. Nothing was brought in."))
