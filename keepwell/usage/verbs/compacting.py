"""What landed goes into the files of its days."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

from django.db import connection, transaction

from keepwell.kit import clock, heavy
from keepwell.kit.locking import lock_key
from keepwell.usage import folding
from keepwell.usage.days import day_of
from keepwell.usage.engine import embedded, read
from keepwell.usage.facts import keep_facts
from keepwell.usage.kept_days import Written, keep_days
from keepwell.usage.models import Conflict, DayFile, Source
from keepwell.usage.parquet import EVENT, paths, schema

ROWS_AT_ONCE = 500_000
# Read and taken away in one statement: what is committed meanwhile waits for the next time. Up to an id that
# is found once: where each had to be one of many, PostgreSQL looked for all of these anew for each row while
# its statistics were of the empty table.
TAKE = """
    COPY (
        WITH taken AS (
            DELETE FROM keepwell_usage_landed WHERE id <= (
                SELECT max(id) FROM (SELECT id FROM keepwell_usage_landed ORDER BY id LIMIT {rows}) AS due
            )
            RETURNING *
        )
        SELECT source_id, message_id, content_hash, kind, event, module, group_key, person_key, occurred_s,
               facts
        FROM taken ORDER BY id
    ) TO STDOUT (FORMAT csv, HEADER)
"""


def compact(*, at: datetime | None = None) -> int:
    """All that has landed by now is in the files of its days; gives how many events. Records nothing."""
    at, done = clock.instant(at), 0
    while rows := _compact_some(at):
        done += rows
    return done


def _compact_some(at: datetime) -> int:
    with transaction.atomic():
        landed = _taken()
        by_source: dict[int, Any] = {
            pk: landed.filter(heavy.pyarrow().compute.equal(landed["source_id"], pk))
            for pk in sorted(set(landed["source_id"].to_pylist()))
        }
        for source in Source.objects.filter(pk__in=by_source):
            keep_facts(source, by_source[source.pk])
            fold(source, by_source[source.pk].select(list(EVENT)), at=at)
    return int(landed.num_rows)


def fold(source: Source, fresh: Any, *, at: datetime) -> int:
    """These events (an Arrow table) join what the source's days hold by and by; gives how many days changed.

    Inside a transaction: with it the files count, or not.
    """
    lock_key(f"usage.source:{source.pk}")
    files = {one.day: one for one in DayFile.objects.filter(source=source, revision=0).exclude(place="")}
    with embedded() as con:
        came = con.create_table("came", fresh, temp=True)
        held = read(con, paths(one.place for one in files.values()), EVENT)
        touched = folding.days_touched(came, held).to_pyarrow()["utc_day"].to_pylist()
        of_days = read(con, paths(files[on].place for on in map(day_of, touched) if on in files), EVENT)
        of_ids = con.create_table("of_ids", held.semi_join(came, "message_id").to_pyarrow(), temp=True)
        _keep_conflicts(source, folding.conflicts(came.union(of_ids)), at)
        whole = con.create_table("whole", folding.folded(came, of_ids, of_days), temp=True)
        written = Written(source=source, days=tuple(map(day_of, sorted(touched))), at=at)
        return keep_days(written, whole)


def _taken() -> Any:
    pa = heavy.pyarrow()
    written = BytesIO()
    # The number is our own.
    with connection.cursor() as cursor, cursor.copy(TAKE.format(rows=ROWS_AT_ONCE)) as copy:
        for piece in copy:
            written.write(piece)
    written.seek(0)
    columns = pa.schema([*schema(EVENT), ("facts", pa.string())])
    return pa.csv.read_csv(
        written,
        parse_options=pa.csv.ParseOptions(newlines_in_values=True),
        convert_options=pa.csv.ConvertOptions(
            column_types=columns, strings_can_be_null=True, quoted_strings_can_be_null=False
        ),
    )


def _keep_conflicts(source: Source, found: Any, at: datetime) -> None:
    rows = [
        Conflict(
            source=source,
            message_id=row["message_id"],
            dropped_hash=row["dropped_hash"],
            kept_on=day_of(row["kept_s"] // folding.DAY_SECONDS),
            noticed_at=at,
        )
        for row in found.to_pyarrow().to_pylist()
    ]
    Conflict.objects.bulk_create(rows, ignore_conflicts=True)
