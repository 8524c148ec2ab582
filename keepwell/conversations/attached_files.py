"""The files of messages, notes and drafts, read in the query of these."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import QuerySet
from django.db.models.functions import JSONObject


@dataclass(frozen=True, kw_only=True)
class File:
    """What is said of a file; `pk` is that of its attachment."""

    pk: int
    name: str
    size: int


def attached(rows: QuerySet[Any]) -> ArraySubquery:
    """A column with the files of these rows, which know their attachment; `files_of` reads it."""
    shown = JSONObject(pk="attachment__pk", name="attachment__name", size="attachment__size")
    return ArraySubquery(rows.order_by("pk").values_list(shown))


def files_of(column: Iterable[Mapping[str, Any]]) -> list[File]:
    """In the order they were attached."""
    return [File(**file) for file in column]
