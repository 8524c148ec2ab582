from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from keepwell.calendars.models import WorkingCalendar
from keepwell.staffing.models.team import LEVELS


class Presence(models.TextChoices):
    """What somebody says of himself; hours and time off are calendars."""

    HERE = "here", _("Here")
    BUSY = "busy", _("Busy")
    AWAY = "away", _("Away")


class StaffProfile(models.Model):
    """What one of the vendor's people does: title, level, own hours, and how many open cases are enough."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="profile")
    title = models.CharField(_("title"), max_length=120, blank=True)
    level = models.PositiveSmallIntegerField(_("level"), choices=LEVELS, null=True, blank=True)
    capacity = models.PositiveSmallIntegerField(_("open cases at most"), default=20)
    calendar = models.ForeignKey(
        WorkingCalendar, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("own hours")
    )
    presence = models.CharField(max_length=8, choices=Presence, default=Presence.AWAY)
    presence_changed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(level__isnull=True) | models.Q(level__in=[1, 2, 3]),
                name="staff_level_known",
            ),
            models.CheckConstraint(condition=models.Q(presence__in=Presence.values), name="presence_known"),
        ]

    def __str__(self) -> str:
        return str(self.user)
