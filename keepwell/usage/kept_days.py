"""The days of a source as they are kept: a file each, and what is counted of it in PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from heapq import nlargest
from typing import Any

from django.db.models import Max

from keepwell.files.kept_data import forget_data, kept_data
from keepwell.kit import heavy
from keepwell.usage import folding
from keepwell.usage.days import day_of, number_of
from keepwell.usage.models import DayFile, Membership, NameCount, RolledDay, Sort, Source
from keepwell.usage.parquet import EVENT, keep_table

NAMES_A_DAY = 100
# Every calendar on earth is within a day of UTC's.
AROUND = (timedelta(days=-1), timedelta(0), timedelta(days=1))


@dataclass(frozen=True, kw_only=True)
class Written:
    """Which days of which source are written, as which revision."""

    source: Source
    days: tuple[date, ...]
    at: datetime
    revision: int = 0


def keep_days(written: Written, whole: Any) -> int:
    """The days hold what stands in `whole` (a table with `utc_day`, in order), and nothing else.

    Gives how many days changed; those are due to be counted again, and whatever depends on them.
    """
    changed = _keep_files(written, whole)
    counting = _that_count(written, changed)
    if counting:
        _keep_names(written, counting, whole)
        later = _keep_memberships(written, counting, whole)
        mark_due({*counting, *later})
    return len(changed)


def files_that_count(source: Source | None = None) -> list[DayFile]:
    """Of each source and day the file with the highest revision, where it has events."""
    rows = DayFile.objects.order_by("source_id", "day", "-revision").distinct("source_id", "day")
    return [one for one in (rows.filter(source=source) if source else rows) if one.place]


def days_heard() -> Iterator[tuple[int, date]]:
    """(source, day) of every day on which a source told of something, also where its events were removed
    since.
    """
    rows = DayFile.objects.order_by("source_id", "day", "-revision").distinct("source_id", "day")
    return ((one.source_id, one.day) for one in rows if one.events)


def next_revision(source: Source, days: Iterable[date]) -> int:
    found = DayFile.objects.filter(source=source, day__in=days).aggregate(last=Max("revision"))["last"]
    return int(found or 0) + 1


def mark_due(days: Iterable[date]) -> None:
    """The days of the customers' calendars around these days of UTC are to be counted again."""
    around = sorted({day + step for day in days for step in AROUND})
    RolledDay.objects.bulk_create([RolledDay(day=day) for day in around], ignore_conflicts=True)
    RolledDay.objects.filter(day__in=around).update(is_due=True)


def mark_products_due(products: Iterable[int]) -> None:
    """Every day on which anything told of these products is to be counted again, as far as its events are
    there.
    """
    days = DayFile.objects.filter(source__product__in=list(products)).exclude(place="")
    mark_due(set(days.values_list("day", flat=True)))


def forget_unused(at: datetime) -> None:
    """Files that no row names any more are removed; one written within a day may be about to get its row."""
    used = {
        *DayFile.objects.values_list("place", flat=True),
        *RolledDay.objects.values_list("place", flat=True),
    }
    for name in kept_data(before=at - timedelta(days=1)):
        if name not in used:
            forget_data(name)


def _keep_files(written: Written, whole: Any) -> list[date]:
    counts = {row["utc_day"]: row for row in folding.ungrouped(whole).to_pyarrow().to_pylist()}
    before = {
        one.day: one
        for one in DayFile.objects.filter(
            source=written.source, revision=written.revision, day__in=written.days
        )
    }
    pieces = _by_day(whole)
    changed = []
    for day in written.days:
        number = number_of(day)
        place = _place(written, day, pieces[number]) if number in pieces else ""
        if day in before and before[day].place == place:
            continue
        counted = counts.get(number, {"events": 0, "ungrouped": 0})
        DayFile.objects.update_or_create(
            source=written.source,
            day=day,
            revision=written.revision,
            defaults={
                "place": place,
                "events": counted["events"],
                "ungrouped": counted["ungrouped"],
                "changed_at": written.at,
            },
        )
        changed.append(day)
    return changed


def _place(written: Written, day: date, rows: Any) -> str:
    return keep_table(f"events/{written.source.pk}/{day:%Y/%m-%d}", rows.select(list(EVENT)))


def _by_day(whole: Any) -> dict[int, Any]:
    """Its rows by day; they come in the order of the days."""
    table = whole.order_by(["utc_day", "message_id"]).to_pyarrow()
    runs = heavy.pyarrow().compute.run_end_encode(table["utc_day"].combine_chunks())
    begins, found = 0, {}
    for number, ends in zip(runs.values.to_pylist(), runs.run_ends.to_pylist(), strict=True):
        found[number] = table.slice(begins, ends - begins)
        begins = ends
    return found


def _keep_names(written: Written, days: Sequence[date], whole: Any) -> None:
    rows: list[NameCount] = []
    for sort, column in ((Sort.EVENT, "event"), (Sort.GROUP, "group_key")):
        found = folding.names(whole, column).to_pyarrow().to_pylist()
        for day in days:
            number = number_of(day)
            of_day = [row for row in found if row["utc_day"] == number]
            rows += [
                NameCount(source=written.source, day=day, sort=sort, name=row["name"], events=row["events"])
                for row in nlargest(NAMES_A_DAY, of_day, key=lambda row: (row["events"], row["name"]))
            ]
    NameCount.objects.filter(source=written.source, day__in=days).delete()
    NameCount.objects.bulk_create(rows, batch_size=5000)


def _keep_memberships(written: Written, days: Sequence[date], whole: Any) -> list[date]:
    """Where persons were said to be; gives the later days that hang on it."""
    numbers = {number_of(day) for day in days}
    found = folding.places_of_persons(whole).to_pyarrow().to_pylist()
    wanted = {
        (day_of(row["utc_day"]), row["person_key"]): row["group_key"]
        for row in found
        if row["utc_day"] in numbers
    }
    rows = Membership.objects.filter(source=written.source, day__in=days)
    before = {(row.day, str(row.person_key)): row.group_key for row in rows}
    if wanted == before:
        return []
    rows.delete()
    Membership.objects.bulk_create(
        [
            Membership(source=written.source, day=day, person_key=key, group_key=group)
            for (day, key), group in wanted.items()
        ],
        batch_size=5000,
    )
    differing = {day for day, _key in dict(wanted.items() ^ before.items())}
    later = DayFile.objects.filter(source=written.source, day__gt=min(differing), ungrouped__gt=0)
    return list(later.values_list("day", flat=True))


def _that_count(written: Written, days: Sequence[date]) -> list[date]:
    """Those of the days of which this revision is the one that counts."""
    higher = DayFile.objects.filter(source=written.source, day__in=days, revision__gt=written.revision)
    corrected = set(higher.values_list("day", flat=True))
    return [day for day in days if day not in corrected]
