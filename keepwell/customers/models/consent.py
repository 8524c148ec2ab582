from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from keepwell.customers.models.contact import Contact


class Consent(models.Model):
    """What a contact agreed to be written to about, and until when. Answers to his own cases need none."""

    class Purpose(models.TextChoices):
        NEWS = "news", _("News and offers")
        SURVEYS = "surveys", _("Surveys")
        EVENTS = "events", _("Events and user groups")

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=16, choices=Purpose)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["given_at", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["contact", "purpose"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="consent_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(purpose__in=["news", "surveys", "events"]), name="consent_purpose_known"
            ),
        ]

    def __str__(self) -> str:
        return self.get_purpose_display()
