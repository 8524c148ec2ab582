from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from keepwell.notices.happenings import DEFAULTS, Happening, Way
from keepwell.notices.leaving import Digest

DIGEST_WORDS = (
    (Digest.NONE.value, _("as soon as it happens")),
    (Digest.HOURLY.value, _("together, every hour")),
    (Digest.DAILY.value, _("together, once a day")),
)


class Wishes(models.Model):
    """How one person wants to be told; who never chose has no row, and these defaults.

    `chosen` holds what differs from the defaults: {"answered.mail": true}. So what one can be told of later
    comes to everybody as it is meant.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_wishes"
    )
    chosen = models.JSONField(default=dict)
    digest = models.CharField(max_length=8, choices=DIGEST_WORDS, default=Digest.HOURLY.value)
    daily_at = models.TimeField(default=time(8))
    quiet_from = models.TimeField(default=time(20))
    quiet_until = models.TimeField(default=time(7))

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(digest__in=[one.value for one in Digest]), name="digest_known"
            ),
            models.CheckConstraint(condition=~Q(quiet_from=F("quiet_until")), name="quiet_hours_end"),
        ]

    def __str__(self) -> str:
        return f"wishes of {self.user_id}"

    @property
    def ways(self) -> Mapping[Happening, frozenset[Way]]:
        """By which ways he wants to be told of what."""
        return {happening: self._ways_of(happening) for happening in Happening}

    def _ways_of(self, happening: Happening) -> frozenset[Way]:
        default = DEFAULTS[happening]
        return frozenset(way for way in Way if self.chosen.get(code_of(happening, way), way in default))


def code_of(happening: Happening, way: Way) -> str:
    return f"{happening.value}.{way.value}"
