"""Libraries that take long to load. Each is loaded when it is first asked for: a page and a command that need
none start as before.

Measured alone in a process: altair 0.6 s and 40 MB; vl_convert 10 ms, then 0.5 s and 100 MB with the first
chart that it draws; typst 5 ms; xlsxwriter 0.1 s; ibis with its DuckDB 2 s, most of it its own.
"""

from __future__ import annotations

from typing import Any

# They answer Any: their names are looked up as they are used, and mypy is not to load them either.


def altair() -> Any:
    import altair

    return altair


def vl_convert() -> Any:
    import vl_convert

    return vl_convert


def typst() -> Any:
    import typst

    return typst


def xlsxwriter() -> Any:
    import xlsxwriter  # type: ignore[import-untyped]

    return xlsxwriter


def ibis() -> Any:
    import ibis

    return ibis


def pyarrow() -> Any:
    import pyarrow
    import pyarrow.compute
    import pyarrow.csv
    import pyarrow.parquet

    return pyarrow
