from __future__ import annotations

from typing import ClassVar

from django.db import models

from keepwell.insight.models.subscription import Subscription


class Mailing(models.Model):
    """One report that a subscriber was told. The constraint makes that it is told once.

    due_on: the local date it was due on. told_at: None where his address takes no mail.
    """

    subscription = models.ForeignKey(Subscription, on_delete=models.PROTECT, related_name="mailings")
    due_on = models.DateField()
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["subscription", "due_on"], name="mailed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.subscription_id} {self.due_on}"
