from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class BusyCalendar(models.Model):
    """The calendar that one of ours keeps elsewhere, looked into so that nobody books what is taken there.

    `sealed_url` is its address, which is as good as a password. `busy` holds pairs of instants and no word of
    what they are. It is `failing_since` where it could not be read; what was read last stays good meanwhile.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="busy_calendar"
    )
    sealed_url = models.TextField()
    busy = models.JSONField(default=list)
    subscribed_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~models.Q(sealed_url=""), name="busy_calendar_has_address"),
        ]

    def __str__(self) -> str:
        return str(self.user_id)
