from __future__ import annotations

from django.db import models

from keepwell.cases.models import Case


class Submission(models.Model):
    """One form as it was opened: sent twice, by a double click or a reload, it still is one case."""

    key = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    received_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.key)
