from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from keepwell.customers.models import Contact
from keepwell.success.road_maps.models.action_item import ActionItem
from keepwell.success.road_maps.models.goal import Goal
from keepwell.success.road_maps.models.road_map import RoadMap


class Comment(models.Model):
    """What somebody of either side wrote to the other about the road map, a goal or an action of it.

    Both sides read it: there is no comment of one side alone. `body` is "" once erased.
    """

    road_map = models.ForeignKey(RoadMap, on_delete=models.PROTECT, related_name="comments")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, null=True, related_name="comments")
    action = models.ForeignKey(ActionItem, on_delete=models.PROTECT, null=True, related_name="comments")
    body = models.TextField(blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["written_at", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(goal__isnull=True) | Q(action__isnull=True), name="road_map_comment_about_one"
            ),
            models.CheckConstraint(
                condition=~Q(body="") | Q(erased_at__isnull=False), name="road_map_comment_has_words"
            ),
        ]

    def __str__(self) -> str:
        return f"comment {self.pk}"
