from __future__ import annotations

from typing import ClassVar

from django.db import models

from keepwell.customers.models import Deployment, Module


class UsageDay(models.Model):
    """What one person did with one module of a deployment on a day, counted; a copy of what the files hold.

    `module` is None for events of no module we know, `person_key` for those of nobody in particular.
    """

    deployment = models.ForeignKey(Deployment, on_delete=models.CASCADE, related_name="+", db_index=False)
    module = models.ForeignKey(Module, on_delete=models.CASCADE, null=True, related_name="+", db_index=False)
    person_key = models.UUIDField(null=True)
    day = models.DateField()
    events = models.PositiveIntegerField()
    core_events = models.PositiveIntegerField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["day", "deployment"], name="usage_day_by_day"),
            models.Index(fields=["deployment", "day"], name="usage_day_by_deployment"),
        ]

    def __str__(self) -> str:
        return f"{self.deployment_id} {self.day}"
