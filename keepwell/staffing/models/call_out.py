from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class CallOut(models.Model):
    """Something that asks whoever is on call, one after the other, until somebody says that he looks.

    What it is about stands as noun and id: this slice knows no cases. `line` are the people in the order
    in which they are asked, as it stood at the beginning. `answer_by_at` is when the next one is asked; None
    once it ended.
    """

    class Ending(models.TextChoices):
        ACKNOWLEDGED = "acknowledged", _("Somebody looks")
        UNANSWERED = "unanswered", _("Nobody answered")
        OVER = "over", _("Not needed any more")

    noun = models.CharField(max_length=32)
    subject_id = models.BigIntegerField()
    line = models.JSONField(default=list)
    answer_within_minutes = models.PositiveSmallIntegerField()
    began_at = models.DateTimeField()
    answer_by_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=12, choices=Ending, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["noun", "subject_id"], condition=Q(ended_at=None), name="called_out_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ending="", answer_by_at__isnull=False)
                | (Q(ended_at__isnull=False, answer_by_at=None) & ~Q(ending="")),
                name="call_out_stands_or_ended",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["answer_by_at"], condition=Q(ended_at=None), name="call_out_due"),
            models.Index(fields=["noun", "subject_id"], name="call_out_subject"),
        ]

    def __str__(self) -> str:
        return f"call-out {self.pk} about {self.noun} {self.subject_id}"


class CallOutStep(models.Model):
    """One person was asked; the constraint makes that he is asked once. `acknowledged_at`: he looks."""

    call_out = models.ForeignKey(CallOut, on_delete=models.CASCADE, related_name="steps")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["call_out", "user"], name="asked_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user} asked at {self.asked_at}"
