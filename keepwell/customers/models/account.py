from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _


class Lifecycle(models.TextChoices):
    """Where the customer stands with us."""

    IMPLEMENTING = "implementing", _("Implementing")
    LIVE = "live", _("Live")
    LEAVING = "leaving", _("Leaving")
    LEFT = "left", _("Left")


class Account(models.Model):
    """A customer: an organisation, or a part of one that is looked after by itself.

    `reference` is the customer's number in the vendor's other systems, empty if there is none. An empty
    time zone means that of the support hours.
    """

    name = models.CharField(_("name"), max_length=200)
    reference = models.CharField(_("customer number"), max_length=64, blank=True)
    segment = models.CharField(_("segment"), max_length=80, blank=True)
    region = models.CharField(_("region"), max_length=80, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True)
    lifecycle = models.CharField(
        _("lifecycle"), max_length=16, choices=Lifecycle, default=Lifecycle.IMPLEMENTING
    )
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("belongs to"),
    )
    opened_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["name", "pk"]
        indexes: ClassVar[list[models.Index]] = [models.Index(Upper("name"), name="account_by_name")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                Upper("reference"), condition=~models.Q(reference=""), name="account_reference_once"
            ),
            models.CheckConstraint(condition=~models.Q(name=""), name="account_has_a_name"),
            models.CheckConstraint(
                condition=models.Q(lifecycle__in=Lifecycle.values), name="account_lifecycle_known"
            ),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("id")),
                name="account_not_under_itself",
            ),
        ]

    def __str__(self) -> str:
        return self.name
