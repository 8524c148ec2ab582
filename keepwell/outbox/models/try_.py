from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from keepwell.outbox.models.outgoing import Outgoing


class Outcome(models.TextChoices):
    """What came of one try to hand a mail over."""

    ACCEPTED = "accepted", _("accepted")
    LATER = "later", _("not now")
    REFUSED = "refused", _("refused")
    UNKNOWN = "unknown", _("no answer was heard")
    UNREACHABLE = "unreachable", _("the server could not be reached")


class Try(models.Model):
    """One try to hand a mail over, with the server's words. Without an outcome it is going on, or died."""

    outgoing = models.ForeignKey(Outgoing, on_delete=models.CASCADE, related_name="tries")
    number = models.IntegerField()
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    reply = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["outgoing", "number"], name="try_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["ended_at"], name="try_unreachable", condition=models.Q(outcome=Outcome.UNREACHABLE)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.outcome}"
