"""What a provider posted, taken apart."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from multipart import MultipartError, MultipartParser, parse_options_header

from keepwell.channels.email.parsing.limits import MEGABYTE, OPENED_BYTES

# A mail as JSON is longer than it is: base64, and escapes.
POSTED_BYTES = 2 * OPENED_BYTES
FIELDS = 200


class Readable(Protocol):
    """What came, as it comes."""

    def read(self, size: int = -1, /) -> bytes: ...


class Unreadable(ValueError):
    """It is nothing that a provider posts; `str()` says what is wrong with it, for its log."""


@dataclass(frozen=True, kw_only=True)
class Posted:
    """The fields of a form as bytes, or what stood in JSON."""

    fields: Mapping[str, bytes] = field(default_factory=dict)
    json: Any = None

    def text(self, name: str) -> str:
        """A field as text; "" where there is none."""
        return self.fields.get(name, b"").decode("utf-8", "replace")


def read_posted(stream: Readable, content_type: str, length: int) -> Posted:
    """Reads `length` bytes. Errors: Unreadable."""
    if not 0 < length <= POSTED_BYTES:
        raise Unreadable(f"between 1 byte and {POSTED_BYTES // MEGABYTE} MB are taken")
    kind, options = parse_options_header(content_type)
    if kind == "application/json":
        return Posted(json=_json(stream.read(length)))
    if kind == "multipart/form-data":
        return Posted(fields=_fields(stream, options.get("boundary", ""), length))
    raise Unreadable("multipart/form-data or application/json is taken")


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError as error:
        raise Unreadable("the JSON is broken") from error
    except RecursionError as error:
        raise Unreadable("the JSON is too deep") from error


def _fields(stream: Readable, boundary: str, length: int) -> dict[str, bytes]:
    try:
        parser = MultipartParser(
            stream,
            boundary,
            length,
            part_limit=FIELDS,
            spool_limit=POSTED_BYTES,
            memory_limit=POSTED_BYTES,
        )
        return {part.name: part.raw for part in parser}
    except (MultipartError, ValueError) as error:
        raise Unreadable(f"the form is broken: {error}") from error
