"""Files of events: tried line by line, brought in whole or not at all, corrected by revisions."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from keepwell.journal.models import Entry
from keepwell.usage.models import DayFile, PersonKey, SourceKind, UsageDay
from keepwell.usage.refusals import FileRefused
from keepwell.usage.tests.told import NOW, count
from keepwell.usage.verbs.bringing_in import Upload, bring_in, try_file
from keepwell.usage.verbs.sources import NewSource, add_source, stop_source
from tests import cast

pytestmark = pytest.mark.django_db

HEADING = "message_id,event,user_id,group_id,timestamp\n"
NINTH = "m-1,Plow sent,u-1,elm-falls,2026-06-09T12:00:00Z\nm-2,Looked,u-2,elm-falls,2026-06-09T13:00:00Z\n"
TENTH = "m-3,Plow sent,u-1,elm-falls,2026-06-10T12:00:00Z\n"


def written(folder: Path, lines: str, name: str = "events.csv") -> Path:
    place = folder / name
    place.write_text(lines, encoding="utf-8")
    return place


def used() -> dict[date, int]:
    found: dict[date, int] = {}
    for day, events in UsageDay.objects.values_list("day", "events"):
        found[day] = found.get(day, 0) + events
    return found


def test_a_trial_keeps_nothing_and_names_each_line(csv_source, town, tmp_path):
    lines = (
        NINTH
        + "m-4,,u-1,elm-falls,2026-06-09T12:00:00Z\n"
        + "m-5,Looked,u-1,elm-falls,yesterday\n"
        + f"m-6,{'x' * 201},u-1,elm-falls,2026-06-09T12:00:00Z\n"
        + "m-7,Looked,u-1,elm-falls,\n"
        + "m-8,Looked,u-1,elm-falls,2046-06-09T12:00:00Z\n"
    )
    found = try_file(csv_source, Upload(path=written(tmp_path, HEADING + lines)), by=cast.CAST, at=NOW)
    assert [problem.line for problem in found.problems] == [4, 5, 6, 7]
    assert "timestamp" in found.problems[1].words
    assert (found.events, found.apart, found.wrong) == (2, 1, 4)
    assert not DayFile.objects.exists()
    assert not PersonKey.objects.exists()
    with pytest.raises(FileRefused):
        bring_in(csv_source, Upload(path=written(tmp_path, HEADING + lines)), by=cast.CAST, at=NOW)
    assert not DayFile.objects.exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"message_id,user_id\n", "no column event, timestamp"),
        (b"", "no column"),
        (b"event,timestamp\n\xff\xfe,2026-06-09\n", "UTF-8"),
        (b'event,timestamp\n"open,2026-06-09\n', "cannot be read"),
    ],
)
def test_a_file_that_is_none_is_refused_in_words(csv_source, tmp_path, content, words):
    place = tmp_path / "events.csv"
    place.write_bytes(content)
    with pytest.raises(FileRefused, match=words):
        try_file(csv_source, Upload(path=place), by=cast.CAST)


def test_the_same_file_again_counts_once(csv_source, town, tmp_path):
    upload = Upload(path=written(tmp_path, HEADING + NINTH))
    for _time in range(2):
        bring_in(csv_source, upload, by=cast.CAST, at=NOW)
        count()
    assert used() == {date(2026, 6, 9): 2}
    assert Entry.objects.filter(kind="source.file_taken").count() == 2


def test_a_correction_replaces_its_days_and_the_highest_revision_counts(csv_source, town, tmp_path):
    bring_in(csv_source, Upload(path=written(tmp_path, HEADING + NINTH + TENTH)), by=cast.CAST, at=NOW)
    third = written(tmp_path, HEADING + NINTH.splitlines()[0] + "\n", "third.csv")
    second = written(
        tmp_path, HEADING + NINTH + NINTH.replace("m-1,", "n-1,").replace("m-2,", "n-2,"), "second.csv"
    )
    bring_in(csv_source, Upload(path=third, is_correction=True, revision=3), by=cast.CAST, at=NOW)
    bring_in(csv_source, Upload(path=second, is_correction=True, revision=2), by=cast.CAST, at=NOW)
    count()
    assert used() == {date(2026, 6, 9): 1, date(2026, 6, 10): 1}
    late = written(tmp_path, HEADING + "m-9,Looked,u-1,elm-falls,2026-06-09T20:00:00Z\n", "late.csv")
    bring_in(csv_source, Upload(path=late), by=cast.CAST, at=NOW)  # what comes by and by is corrected still
    count()
    assert used()[date(2026, 6, 9)] == 1
    bring_in(csv_source, Upload(path=second, is_correction=True), by=cast.CAST, at=NOW)
    count()
    assert used()[date(2026, 6, 9)] == 4
    assert DayFile.objects.filter(day=date(2026, 6, 9)).latest("revision").revision == 4
    with pytest.raises(FileRefused, match="Revision 2"):
        bring_in(csv_source, Upload(path=second, is_correction=True, revision=2), by=cast.CAST, at=NOW)


def test_a_correction_of_a_day_on_which_there_was_nothing_needs_events(csv_source, tmp_path):
    with pytest.raises(FileRefused, match="no events"):
        bring_in(csv_source, Upload(path=written(tmp_path, HEADING), is_correction=True), by=cast.CAST)


def test_parquet_is_read_with_its_instants(town, tmp_path):
    source = add_source(
        NewSource(name="Lake", kind=SourceKind.PARQUET, product=cast.roadworks()), by=cast.CAST
    )[0]
    table = pa.table(
        {
            "timestamp": [datetime(2026, 6, 9, 12, tzinfo=UTC), None],
            "event": ["Plow sent", "Plow sent"],
            "user_id": [7, 8],
            "group_id": ["elm-falls", "elm-falls"],
        }
    )
    pq.write_table(table, tmp_path / "events.parquet")
    found = try_file(source, Upload(path=tmp_path / "events.parquet"), by=cast.CAST, at=NOW)
    assert (found.events, [problem.line for problem in found.problems]) == (1, [2])
    pq.write_table(table.slice(0, 1), tmp_path / "whole.parquet")
    bring_in(source, Upload(path=tmp_path / "whole.parquet"), by=cast.CAST, at=NOW)
    count()
    assert used() == {date(2026, 6, 9): 1}
    (tmp_path / "none.parquet").write_bytes(b"none")
    with pytest.raises(FileRefused, match="Parquet"):
        try_file(source, Upload(path=tmp_path / "none.parquet"), by=cast.CAST)


def test_no_file_is_taken_for_a_source_that_is_stopped_or_told_by_http(source, csv_source, tmp_path):
    stop_source(csv_source, by=cast.CAST)
    csv_source.refresh_from_db()
    for one in (source, csv_source):
        with pytest.raises(FileRefused):
            bring_in(one, Upload(path=written(tmp_path, HEADING + NINTH)), by=cast.CAST)
