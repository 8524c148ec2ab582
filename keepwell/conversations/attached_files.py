"""The files of messages, notes and drafts, read in the query of these."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import QuerySet
from django.db.models.functions import JSONObject

from keepwell.files.kinds import is_picture
from keepwell.files.models import ScanState

SHOWABLE = frozenset({ScanState.CLEAN, ScanState.NO_SCANNER})


@dataclass(frozen=True, kw_only=True)
class File:
    """What is said of a file; `pk` is that of its attachment."""

    pk: int
    name: str
    size: int
    media_type: str
    scan_state: str

    @property
    def is_picture(self) -> bool:
        """Whether it may stand in the words: a few kinds, and none that waits for its scan."""
        return is_picture(self.media_type) and self.scan_state in SHOWABLE


def attached(rows: QuerySet[Any]) -> ArraySubquery:
    """A column with the files of these rows, which know their attachment; `files_of` reads it."""
    shown = JSONObject(
        pk="attachment__pk",
        name="attachment__name",
        size="attachment__size",
        media_type="attachment__media_type",
        scan_state="attachment__blob__scan_state",
    )
    return ArraySubquery(rows.order_by("pk").values_list(shown))


def files_of(column: Iterable[Mapping[str, Any]]) -> list[File]:
    """In the order they were attached."""
    return [File(**file) for file in column]


def places_of(files: Iterable[Any], place: Callable[[Any], str]) -> dict[int, str]:
    """Where the pictures among them lie, by their numbers."""
    return {file.pk: place(file) for file in files if file.is_picture}
