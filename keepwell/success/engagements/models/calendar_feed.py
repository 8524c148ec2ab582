from __future__ import annotations

from django.conf import settings
from django.db import models


class CalendarFeed(models.Model):
    """That a person has a calendar of everything dated to subscribe to.

    Its address carries its number and how often it was made anew, signed: a new one makes the old one void.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feed"
    )
    times_renewed = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    is_open = models.BooleanField(default=True)

    def __str__(self) -> str:
        return str(self.user_id)
