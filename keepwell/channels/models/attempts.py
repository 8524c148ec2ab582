from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Attempts(models.Model):
    """When somebody last did what may be done only so often: as many instants as that, the oldest first.

    `key` is a seal of what was done and by whom: neither an address nor a network can be read from it.
    """

    key = models.UUIDField(primary_key=True)
    times = ArrayField(models.DateTimeField())
    last_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.key)
