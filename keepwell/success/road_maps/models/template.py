from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _


class Template(models.Model):
    """Goals with measures, milestones and actions to begin a road map with; days count from its first day.

    `content` is made by `templating.pattern_of`: words and numbers, nobody's name.
    """

    name = models.CharField(_("template"), max_length=120)
    content = models.JSONField()
    is_active = models.BooleanField(default=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                Upper("name"), condition=Q(is_active=True), name="road_map_template_name_once"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="road_map_template_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name
