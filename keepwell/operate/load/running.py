"""The whole load, on all cores. Stopped anywhere, it goes on where it stopped: chunks that are there stay."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import lru_cache
from multiprocessing import get_context

import django
from django.db import connection

from keepwell.operate.load.chunk import load_chunk
from keepwell.operate.load.places import Places, places
from keepwell.operate.load.tales import CASES_AT_ONCE
from keepwell.operate.models import BulkLoad


def run_load(load: BulkLoad, *, told: Callable[[int], None] = lambda cases: None) -> int:
    """Writes what is missing of the load and gives how many cases that were; `told` hears how many so far."""
    missing = load.missing_chunks()
    done = 0
    connection.close()
    with ProcessPoolExecutor(
        min(os.cpu_count() or 1, max(len(missing), 1)), get_context("spawn"), django.setup
    ) as workers:
        for future in as_completed([workers.submit(_load_one, load.pk, number) for number in missing]):
            done += min(CASES_AT_ONCE, load.cases - future.result() * CASES_AT_ONCE)
            told(done)
    tell_the_planner()
    return done


def tell_the_planner() -> None:
    """So much came at once that PostgreSQL has to look again before it plans; VACUUM marks pages as seen."""
    tables = [name for name in connection.introspection.table_names() if name.startswith("keepwell_")]
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f'VACUUM (ANALYZE) "{table}"')


def _load_one(load_id: int, number: int) -> int:
    load = BulkLoad.objects.get(pk=load_id)
    load_chunk(load, number, _places(load.accounts))
    return number


@lru_cache(maxsize=1)
def _places(accounts: int) -> Places:
    return places(accounts)
