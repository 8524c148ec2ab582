from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now


class Seal(models.Model):
    """The hash of a closed range of entries, chained to the seal before it."""

    first_entry = models.BigIntegerField()
    last_entry = models.BigIntegerField(unique=True)
    entries = models.IntegerField()
    digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)
    fingerprints = models.BinaryField()
    sealed_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering: ClassVar[list[str]] = ["first_entry"]

    def __str__(self) -> str:
        return f"{self.first_entry} to {self.last_entry}"
