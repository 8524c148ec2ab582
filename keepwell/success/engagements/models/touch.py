from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keepwell.customers.models import Account
from keepwell.customers.queries import sees_all


class Way(models.TextChoices):
    """How we spoke, or that one of us only noted something."""

    CALL = "call", _("Call")
    MEETING = "meeting", _("Meeting")
    NOTE = "note", _("Note")


class TouchQuerySet(models.QuerySet["Touch"]):
    def visible_to(self, actor: Any) -> TouchQuerySet:
        """Staff who see accounts; for a customer there is nothing here."""
        return self.all() if sees_all(actor, "account.see") else self.none()


class Touch(models.Model):
    """A call, a meeting or a note, written down in a few words; no customer ever sees it."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="touches")
    way = models.CharField(_("what it was"), max_length=8, choices=Way)
    contact = models.ForeignKey(
        "keepwell_customers.Contact", on_delete=models.PROTECT, null=True, related_name="+"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    body = models.TextField(blank=True)
    happened_at = models.DateTimeField()
    logged_at = models.DateTimeField()
    redacted_at = models.DateTimeField(null=True)

    objects = TouchQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(way__in=Way.values), name="touch_way_known"),
            models.CheckConstraint(
                condition=Q(redacted_at__isnull=True, body__gt="") | Q(redacted_at__isnull=False, body=""),
                name="touch_says_something",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["account", "-happened_at", "-id"], name="touch_of_account"),
        ]

    def __str__(self) -> str:
        return f"{self.get_way_display()} {self.pk}"
