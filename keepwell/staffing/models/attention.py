from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Attention(models.Model):
    """Who looks at what just now, so that two people do not answer the same case unknowingly.

    Not history: a row is overwritten, and after a while counts no more.
    """

    class Doing(models.TextChoices):
        READING = "reading", _("is reading")
        WRITING = "writing", _("is writing")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="attentions")
    noun = models.CharField(max_length=32)
    subject_id = models.BigIntegerField()
    doing = models.CharField(max_length=8, choices=Doing)
    seen_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["noun", "subject_id", "user"], name="attention_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.doing} {self.noun} {self.subject_id}"
