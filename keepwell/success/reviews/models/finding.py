from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keepwell.success.reviews.models.configuration_rule import SEVERITIES
from keepwell.success.reviews.models.review import Review
from keepwell.success.reviews.states import Area, End, Severity
from keepwell.success.road_maps.models import ActionItem

AREAS = [
    (Area.ADOPTION.value, _("Adoption")),
    (Area.CONFIG.value, _("Configuration")),
    (Area.VERSION.value, _("Version")),
    (Area.ERRORS.value, _("Errors")),
    (Area.DATA.value, _("Data")),
    (Area.LICENCE.value, _("Licences")),
    (Area.SUPPORT.value, _("Support")),
    (Area.PLAN.value, _("Plan")),
]
ENDS = [
    (End.ACTION.value, _("On the road map")),
    (End.ACCEPTED_RISK.value, _("Accepted as a risk")),
    (End.REJECTED.value, _("Rejected")),
]


class Finding(models.Model):
    """Something that a review found: what is seen, how much it matters, and what we recommend.

    `key` says which proposal it comes from, "" for one that somebody wrote; `is_proposed` while nobody
    changed what was proposed. With `is_shown` the customer reads it.
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="findings")
    key = models.CharField(max_length=80, blank=True)
    is_proposed = models.BooleanField(default=False)
    area = models.CharField(_("area"), max_length=8, choices=AREAS)
    severity = models.CharField(_("severity"), max_length=6, choices=SEVERITIES)
    evidence = models.TextField(_("what is seen"))
    recommendation = models.TextField(_("what we recommend"), blank=True)
    is_shown = models.BooleanField(default=True)
    added_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["review", "key"], condition=~Q(key=""), name="finding_proposed_once"
            ),
            models.CheckConstraint(
                condition=Q(area__in=[each.value for each in Area]), name="finding_area_known"
            ),
            models.CheckConstraint(
                condition=Q(severity__in=[each.value for each in Severity]), name="finding_severity_known"
            ),
            models.CheckConstraint(condition=~Q(evidence=""), name="finding_says_what_is_seen"),
        ]

    def __str__(self) -> str:
        return self.evidence


class Ending(models.Model):
    """What became of a finding: an action on the road map, a risk accepted, or rejected. Once.

    `reason` is why, for ourselves.
    """

    finding = models.OneToOneField(Finding, on_delete=models.CASCADE, related_name="ending")
    end = models.CharField(max_length=13, choices=ENDS)
    action_item = models.ForeignKey(ActionItem, on_delete=models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True)
    ended_at = models.DateTimeField()
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(end="action", action_item__isnull=False)
                | (Q(end__in=["accepted_risk", "rejected"], action_item__isnull=True) & ~Q(reason="")),
                name="finding_ending_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.get_end_display()
