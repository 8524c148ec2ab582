from __future__ import annotations

from typing import ClassVar

from django.db import models


class SetAside(models.Model):
    """An index or a constraint that a load has taken away and not made again; the statement makes it."""

    statement = models.TextField()

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return self.statement
