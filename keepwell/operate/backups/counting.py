"""What is in a database and in a folder, so that two of them can be compared."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

Connection = psycopg.Connection[tuple[Any, ...]]

# How values are written depends on these; two databases are asked in the same way.
PLAIN = (
    "SET timezone = 'UTC'; SET datestyle = 'ISO'; SET intervalstyle = 'postgres'; "
    "SET bytea_output = 'hex'; SET extra_float_digits = 1"
)
TABLES = """
    SELECT c.relname,
           array(SELECT a.attname::text FROM pg_attribute a
                  WHERE a.attrelid = c.oid AND a.attnum = ANY (i.indkey)
                  ORDER BY array_position(i.indkey::int[], a.attnum::int)),
           array(SELECT a.attcollation <> 0 FROM pg_attribute a
                  WHERE a.attrelid = c.oid AND a.attnum = ANY (i.indkey)
                  ORDER BY array_position(i.indkey::int[], a.attnum::int))
      FROM pg_class c
      LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
     WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
     ORDER BY c.relname COLLATE "C"
"""


@dataclass(frozen=True, kw_only=True)
class Counted:
    """Rows of a table, or bytes of a file, and the SHA-256 of all of them."""

    count: int
    sha256: str

    def as_mapping(self) -> dict[str, Any]:
        return asdict(self)


def counted_tables(connection: Connection) -> dict[str, Counted]:
    """Every table by name, as this connection's transaction sees it."""
    connection.execute(PLAIN)
    found = connection.execute(TABLES).fetchall()
    return {name: _counted_table(connection, name, keys, texts) for name, keys, texts in found}


def _counted_table(connection: Connection, name: str, keys: list[str], texts: list[bool]) -> Counted:
    # In the order of the primary key, texts by their bytes: the same rows give the same hash on any server.
    order = [
        sql.SQL('{} COLLATE "C"').format(sql.Identifier(key)) if is_text else sql.Identifier(key)
        for key, is_text in zip(keys, texts, strict=True)
    ]
    by = sql.SQL(", ").join(order) if order else sql.SQL('t::text COLLATE "C"')
    rows = sql.SQL("COPY (SELECT * FROM {} t ORDER BY {}) TO STDOUT").format(sql.Identifier(name), by)
    digest, count = hashlib.sha256(), 0
    with connection.cursor() as cursor, cursor.copy(rows) as copy:
        for chunk in copy:
            digest.update(chunk)
            count += bytes(chunk).count(b"\n")  # line ends inside a value are written as \n in two letters
    return Counted(count=count, sha256=digest.hexdigest())


def counted_files(folder: Path) -> dict[str, Counted]:
    """Every file below the folder, by its path in it; none where there is no folder."""
    return {str(path.relative_to(folder)): counted_file(path) for path in _files(folder)}


def counted_file(path: Path) -> Counted:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256")
    return Counted(count=path.stat().st_size, sha256=digest.hexdigest())


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def differences(before: dict[str, Counted], after: dict[str, Counted]) -> list[str]:
    """One sentence for each name that differs; none means equal."""
    names = sorted({*before, *after})
    return [
        _sentence(name, before.get(name), after.get(name)) for name in names if _differ(name, before, after)
    ]


def _differ(name: str, before: dict[str, Counted], after: dict[str, Counted]) -> bool:
    return before.get(name) != after.get(name)


def _sentence(name: str, before: Counted | None, after: Counted | None) -> str:
    if before is None or after is None:
        return f"{name} is only in {'the copy' if before is None else 'the original'}"
    if before.count != after.count:
        return f"{name} had {before.count} and has {after.count}"
    return f"{name} has as many as before, but they differ"
