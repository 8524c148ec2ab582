from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from keepwell.cases.models.case import Case


class LoggedContact(models.Model):
    """A contact that did not pass through the product, such as a call on another phone, entered by hand."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="logged_contacts")
    happened_at = models.DateTimeField()
    entered_at = models.DateTimeField()
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    is_live = models.BooleanField()
    said = models.TextField()
    reason = models.TextField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(entered_at__gte=models.F("happened_at")), name="contact_entered_after"
            ),
            models.CheckConstraint(
                condition=~(models.Q(said="") | models.Q(reason="")), name="contact_has_words_and_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.happened_at:%Y-%m-%d %H:%M}"

    @property
    def is_entered_later(self) -> bool:
        return self.entered_at > self.happened_at
