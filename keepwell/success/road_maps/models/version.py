from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keepwell.customers.models import Contact
from keepwell.success.road_maps.models.road_map import RoadMap
from keepwell.success.road_maps.states import VersionState

STATES = [
    (VersionState.DRAFT.value, _("Being edited")),
    (VersionState.SHARED.value, _("Shared")),
    (VersionState.AGREED.value, _("Agreed")),
    (VersionState.CLOSED.value, _("Replaced")),
]


class Version(models.Model):
    """What a road map says as it was shared; its content is written once, by sharing, and never changed.

    A draft has none: it is what stands on the road map now. `content` is made by `contents.content_of`.
    `agreed_by` is the customer's person who agreed. Of a road map there is at most one draft, one that is
    shared, and one that is agreed.
    """

    road_map = models.ForeignKey(RoadMap, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=6, choices=STATES, default=VersionState.DRAFT.value)
    content = models.JSONField(default=dict)
    opened_at = models.DateTimeField()
    shared_at = models.DateTimeField(null=True)
    agreed_at = models.DateTimeField(null=True)
    agreed_by = models.ForeignKey(Contact, on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["road_map", "number"], name="road_map_version_once"),
            models.UniqueConstraint(
                fields=["road_map", "state"],
                condition=~Q(state="closed"),
                name="road_map_version_one_of_a_state",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[each.value for each in VersionState]),
                name="road_map_version_state_known",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", shared_at__isnull=True)
                | (~Q(state="draft") & Q(shared_at__isnull=False)),
                name="road_map_version_shared_with_its_day",
            ),
            models.CheckConstraint(
                condition=Q(agreed_at__isnull=True, agreed_by__isnull=True)
                | Q(agreed_at__isnull=False, agreed_by__isnull=False),
                name="road_map_version_agreed_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="agreed") | Q(agreed_at__isnull=False),
                name="road_map_version_agreed_whole",
            ),
        ]

    def __str__(self) -> str:
        return str(self.number)
