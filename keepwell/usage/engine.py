"""What runs the expressions: DuckDB inside this process, or another engine that Ibis speaks to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from keepwell.kit import heavy
from keepwell.usage.parquet import no_rows
from keepwell.usage.refusals import EngineRefused

EMBEDDED = "duckdb://"


@contextmanager
def embedded() -> Iterator[Any]:
    """DuckDB inside this process, without a file of its own; it needs no extension and fetches none."""
    con = heavy.ibis().duckdb.connect(autoinstall_known_extensions=False)
    try:
        yield con
    finally:
        con.disconnect()


@contextmanager
def metrics_engine() -> Iterator[Any]:
    """What the knob names. Errors: EngineRefused."""
    url = settings.KEEPWELL_USAGE_ENGINE
    if url == EMBEDDED:
        with embedded() as con:
            yield con
        return
    with connected(url) as con:
        yield con


@contextmanager
def connected(url: str) -> Iterator[Any]:
    """A connection of Ibis by its address. Errors: EngineRefused."""
    try:
        con = heavy.ibis().connect(url)
    except Exception as error:  # each engine has errors of its own
        words = _("The engine of usage data cannot be reached (%(error)s). Look at its knob.")
        raise EngineRefused(words % {"error": type(error).__name__}) from error
    try:
        yield con
    finally:
        con.disconnect()


def read(con: Any, places: Sequence[str], columns: dict[str, str]) -> Any:
    """The rows of all these files as a table of the engine; one without rows where there is no file."""
    if not places:
        return heavy.ibis().memtable(no_rows(columns))
    return con.read_parquet(list(places)).select(*columns)
