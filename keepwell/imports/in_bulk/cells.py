"""How the binary format of COPY has values, each with its length before it. It costs both sides least.

Source: the PostgreSQL manual, COPY, "Binary Format"; each type as its `..._send` function writes it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import lru_cache, partial
from struct import Struct, pack
from typing import Any

from django.db import connection
from django.db.models import Field
from psycopg.adapt import PyFormat, Transformer

COUNT = Struct("!h")
HEADER, TRAILER = b"PGCOPY\n\xff\r\n\0" + pack("!ii", 0, 0), COUNT.pack(-1)
NULL = pack("!i", -1)
BOOLEANS = {None: NULL, False: pack("!i?", 1, False), True: pack("!i?", 1, True)}
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
VARCHAR = 1043

Writer = Callable[[Sequence[Any]], Iterable[bytes]]


def writer_of(field: Field[Any, Any]) -> Writer:
    """What writes the values of a column. Errors: KeyError for a type that no load has written yet."""
    kind = str(field.db_type(connection))
    if kind.endswith("[]"):
        return partial(map, _array)
    return WRITERS[kind.partition("(")[0]]


def _numbers(layout: str) -> Writer:
    shape = Struct(layout)
    size, write = shape.size - 4, shape.pack
    return lambda column: [NULL if value is None else write(size, value) for value in column]


def _identifiers(column: Sequence[bytes]) -> Iterable[bytes]:
    """UUIDs, as the bytes they consist of."""
    size = pack("!i", 16)
    return [size + value for value in column]


def _documents(column: Sequence[Any]) -> Iterable[bytes]:
    return _flat_objects(column) if isinstance(column[0], dict) else _lists(column)


def _flat_objects(column: Sequence[dict[str, Any]]) -> Iterable[bytes]:
    """JSON of objects that hold no objects, all in one breath: what parts two of them parts nothing else."""
    together = FLAT.encode(column).encode()
    return [_sized(b"\1{" + one + b"}") for one in together[2:-2].split(b"},\n{")]


def _lists(column: Sequence[list[Any]]) -> Iterator[bytes]:
    # Most are empty, or shared by the rows of a case.
    known: dict[Any, bytes] = {}
    for value in column:
        key = id(value) if value else None
        if key not in known:
            known[key] = _sized(b"\1" + FLAT.encode(value).encode())
        yield known[key]


FLAT = json.JSONEncoder(check_circular=False, separators=(",\n", ":"))


def _sized(content: bytes) -> bytes:
    return pack("!i", len(content)) + content


# The same words and instants stand in many rows.
@lru_cache(maxsize=8192)
def _word(word: str | None) -> bytes:
    return NULL if word is None else _sized(word.encode())


@lru_cache(maxsize=8192)
def _instant(at: datetime | None) -> bytes:
    return NULL if at is None else pack("!iq", 8, (at - BEGINNING) // MICROSECOND)


@lru_cache(maxsize=8192)
def _duration(lasted: timedelta | None) -> bytes:
    """In microseconds alone, without days and months of any length."""
    return NULL if lasted is None else pack("!iqii", 16, lasted // MICROSECOND, 0, 0)


def _array(words: Sequence[str]) -> bytes:
    shape = pack("!ii", len(words), 1) if words else b""
    return _sized(pack("!iii", bool(words), 0, VARCHAR) + shape + b"".join(map(_word, words)))


@lru_cache(maxsize=1024)
def _number(value: Decimal) -> bytes:
    dumper = Transformer().get_dumper(value, PyFormat.BINARY)
    return _sized(bytes(dumper.dump(value) or b""))


WRITERS: dict[str, Writer] = {
    "smallint": _numbers("!ih"),
    "integer": _numbers("!ii"),
    "bigint": _numbers("!iq"),
    "double precision": _numbers("!id"),
    "boolean": partial(map, BOOLEANS.__getitem__),
    "varchar": partial(map, _word),
    "text": partial(map, _word),
    "timestamp with time zone": partial(map, _instant),
    "interval": partial(map, _duration),
    "uuid": _identifiers,
    "jsonb": _documents,
    "numeric": partial(map, _number),
}
