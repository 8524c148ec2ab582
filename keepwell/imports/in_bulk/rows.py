"""Rows of a model by the hundred thousand: made by Django itself, each would look at every column again."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

from django.db.models import Model
from django.db.models.base import ModelState
from django.db.models.expressions import DatabaseDefault

Row = TypeVar("Row", bound=Model)


def made(model: type[Row], **given: Any) -> Row:
    """An unsaved row of these columns, named as in the database. The others have their defaults.

    What the database gives by itself, as an id that is not given, is no attribute of the row.
    """
    row = model.__new__(model)
    row.__dict__ = {"_state": ModelState(), **_defaults(model), **given}
    return row


@cache
def _defaults(model: type[Model]) -> dict[str, Any]:
    usual = vars(model())
    names = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
    return {name: usual[name] for name in names if not isinstance(usual[name], DatabaseDefault)}
