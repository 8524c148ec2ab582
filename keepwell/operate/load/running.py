"""The whole load, on all cores. Stopped anywhere, it goes on where it stopped: chunks that are there stay."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from django.db import connection

from keepwell.cases.models import Case
from keepwell.kit.cores import Cores, all_cores
from keepwell.operate.load.chunk import load_chunk
from keepwell.operate.load.places import Places, places
from keepwell.operate.load.setting_aside import put_back, set_aside, what_is_set_aside
from keepwell.operate.load.tales import CASES_AT_ONCE
from keepwell.operate.models import BulkLoad

Told = Callable[[str], None]


def run_load(load: BulkLoad, *, told: Told) -> int:
    """Writes what is missing of the load and gives how many cases that were; `told` hears how far it is."""
    missing = load.missing_chunks()
    if not Case.objects.exists():
        set_aside()
    with all_cores() as cores:
        written = 0
        for number in cores.each(_load_one, [(load.pk, number) for number in missing]):
            written += min(CASES_AT_ONCE, load.cases - number * CASES_AT_ONCE)
            told(f"{written} of {load.cases} cases")
        _make_whole(cores, told)
    return written


def _make_whole(cores: Cores, told: Told) -> None:
    aside = what_is_set_aside()
    for count, _made in enumerate(cores.each(put_back, aside), start=1):
        told(f"{count} of {len(aside)} indexes and constraints")
    tables = [name for name in connection.introspection.table_names() if name.startswith("keepwell_")]
    for count, _table in enumerate(cores.each(_look_at, tables), start=1):
        told(f"{count} of {len(tables)} tables looked at")


def _load_one(chunk: tuple[int, int]) -> int:
    load_id, number = chunk
    load = BulkLoad.objects.get(pk=load_id)
    load_chunk(load, number, _places(load.accounts))
    return number


@lru_cache(maxsize=1)
def _places(accounts: int) -> Places:
    return places(accounts)


def _look_at(table: str) -> None:
    """So much came at once that PostgreSQL has to look before it plans, and marks what all may see."""
    with connection.cursor() as cursor:
        cursor.execute(f'VACUUM (ANALYZE) "{table}"')
