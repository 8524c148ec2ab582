from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class PushDevice(models.Model):
    """A browser that somebody is told on while no page of ours is open, too: a push subscription (RFC 8030).

    `endpoint` is where its push service takes what is for it; `p256dh` and `auth` are what it is sealed with,
    so that the service cannot read it (RFC 8291), as base64url.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="push_devices")
    name = models.CharField(max_length=60)
    endpoint = models.CharField(max_length=1000, unique=True)
    p256dh = models.CharField(max_length=100)
    auth = models.CharField(max_length=40)
    added_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return self.name
