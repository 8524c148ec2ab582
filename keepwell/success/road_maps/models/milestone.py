from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keepwell.success.road_maps.models.goal import Goal
from keepwell.success.road_maps.models.road_map import RoadMap


class Milestone(models.Model):
    """Something to be there by a day, on the way to a goal or to all of them. Internal until it is shared."""

    road_map = models.ForeignKey(RoadMap, on_delete=models.PROTECT, related_name="milestones")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, null=True, related_name="milestones")
    title = models.CharField(_("milestone"), max_length=200)
    due_on = models.DateField(_("by"))
    reached_on = models.DateField(null=True)
    is_shared = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["due_on", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(title=""), name="milestone_has_a_title"),
        ]

    def __str__(self) -> str:
        return self.title
