from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from keepwell.success.road_maps.models.road_map import RoadMap


class CheckPoint(models.Model):
    """How everything stood on a day: ids, states and numbers, as `comparing.taken` makes them; no words."""

    road_map = models.ForeignKey(RoadMap, on_delete=models.PROTECT, related_name="check_points")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["road_map", "number"], name="check_point_once"),
        ]

    def __str__(self) -> str:
        return str(self.number)
