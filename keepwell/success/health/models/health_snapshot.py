from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from keepwell.customers.models import Account
from keepwell.customers.queries import sees_all
from keepwell.success.health.bands import Banded
from keepwell.success.health.cards import Band
from keepwell.success.health.changes import Cause, Change, Looked
from keepwell.success.health.models.band_override import BandOverride
from keepwell.success.health.models.scorecard import ScorecardVersion
from keepwell.success.health.scoring import Evaluation, Reading, evaluate
from keepwell.success.health.writing import change_from, readings_from

BANDS = [(band.value, band.value) for band in Band]


class HealthSnapshotQuerySet(models.QuerySet["HealthSnapshot"]):
    def visible_to(self, actor: Any) -> HealthSnapshotQuerySet:
        """All of it for staff, nothing for anybody else: a customer is never told a score."""
        return self.all() if sees_all(actor, "health.see") else self.none()

    def standing(self) -> HealthSnapshotQuerySet:
        """Without those that were worked out again later."""
        return self.filter(replaced_by__isnull=True)

    def newest_of(self, accounts: Iterable[int], *, before: datetime | None = None) -> HealthSnapshotQuerySet:
        """The last one that stands of each account; `before` an instant, None: of all."""
        rows = self.standing().filter(account__in=accounts)
        if before is not None:
            rows = rows.filter(as_of__lt=before)
        return rows.order_by("account_id", "-as_of", "-pk").distinct("account_id")


class HealthSnapshot(models.Model):
    """How an account was at an instant, with all it was worked out from. Written once.

    `readings` is as `writing.readings_to` wrote it; numbers in it, and `score`, are exact ("7/12"), `points`
    is the score for an order. `change` says why the score moved since `before`, which is None for the first;
    it is None where one of the two has no score. `cause` is what moved the band, "" where it did not move.
    `replaces` is the one of the same instant that late data overtook: that one stays, as it was seen then.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", db_index=False)
    version = models.ForeignKey(ScorecardVersion, on_delete=models.PROTECT, related_name="+", db_index=False)
    as_of = models.DateTimeField()
    made_at = models.DateTimeField()
    readings = models.JSONField()
    score = models.TextField(null=True)
    points = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    coverage = models.TextField()
    band = models.CharField(max_length=12, choices=BANDS)
    plain = models.CharField(max_length=12, choices=BANDS, blank=True)
    remembered = models.CharField(max_length=12, choices=BANDS, blank=True)
    capped_by = models.JSONField(default=list)
    is_sufficient = models.BooleanField()
    override = models.ForeignKey(
        BandOverride, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    before = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    change = models.JSONField(null=True)
    cause = models.CharField(max_length=20, blank=True)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")

    objects = HealthSnapshotQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["account", "as_of"], condition=Q(replaces__isnull=True), name="health_snapshot_once"
            ),
            models.CheckConstraint(
                condition=Q(band__in=[band.value for band in Band]), name="health_snapshot_band_known"
            ),
            models.CheckConstraint(
                condition=Q(points__isnull=True) | Q(points__gte=0, points__lte=100),
                name="health_snapshot_points_within",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["account", "-as_of", "-id"], name="health_snapshot_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} at {self.as_of:%Y-%m-%d}: {self.band}"

    @cached_property
    def read(self) -> dict[str, Reading]:
        return readings_from(self.readings)

    @cached_property
    def found(self) -> Evaluation:
        """What its card says of its readings: the same whenever it is asked."""
        return evaluate(self.version.card, self.read, as_of=self.as_of)

    @property
    def looked(self) -> Looked:
        return Looked(readings=self.read, at=self.as_of, found=self.found)

    @property
    def banded(self) -> Banded:
        return Banded(
            band=Band(self.band),
            plain=Band(self.plain) if self.plain else None,
            remembered=Band(self.remembered) if self.remembered else None,
            capped_by=frozenset(self.capped_by),
            is_sufficient=self.is_sufficient,
            override=self.override.said if self.override else None,
        )

    @property
    def why(self) -> Change | None:
        """Why its score is another than that before it; None where there is nothing to compare."""
        return change_from(self.change) if self.change is not None else None

    @property
    def moved_by(self) -> Cause | None:
        return Cause(self.cause) if self.cause else None
