from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from keepwell.usage.models.source import Source


class PersonKey(models.Model):
    """Who a random key stands for. Without this row nobody can say."""

    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="+", db_index=False)
    user_id = models.CharField(max_length=200)
    key = models.UUIDField(default=uuid.uuid4, unique=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["source", "user_id"], name="person_key_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["user_id"], name="person_key_by_user")]

    def __str__(self) -> str:
        return str(self.key)
