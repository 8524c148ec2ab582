from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower


class OtherDesk(models.Model):
    """A desk whose history is measured here; its case numbers are known under its name."""

    name = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(Lower("name"), name="other_desk_once"),
        ]

    def __str__(self) -> str:
        return self.name


class ImportedLog(models.Model):
    """A file of a desk, read by a map: both by the SHA-256 of their bytes. `ended_at` None: not all is in.

    `cases` and `events` are what came in from it so far, over all its runs.
    """

    desk = models.ForeignKey(OtherDesk, on_delete=models.PROTECT, related_name="logs")
    content = models.CharField(max_length=64)
    mapping = models.CharField(max_length=64)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    cases = models.PositiveBigIntegerField(default=0)
    events = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["desk", "content", "mapping"], name="imported_log_once"),
        ]

    def __str__(self) -> str:
        return f"{self.content[:12]} of {self.desk}"
