from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from keepwell.customers.models import Product


class SourceKind(models.TextChoices):
    SEGMENT = "segment", _("By HTTP, as Segment's")
    CSV = "csv", _("CSV files")
    PARQUET = "parquet", _("Parquet files")
    WAREHOUSE = "warehouse", _("A view in your warehouse")


class Source(models.Model):
    """Something that tells how a product is used.

    Of the write key only `key_hash` (SHA-256) and its last letters are kept. `salt` goes into the hash of
    what is told, so that nobody can find out what it was by trying. It is silent since `silent_since` where
    nothing came for `silent_after_hours`; None while it is heard, or was never heard. Of a view in a
    warehouse: `table`, and the last day that was read whole.
    """

    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(max_length=9, choices=SourceKind)
    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="+")
    key_hash = models.CharField(max_length=64, blank=True)
    key_ends_with = models.CharField(max_length=4, blank=True)
    salt = models.CharField(max_length=32)
    table = models.CharField(max_length=200, blank=True)
    read_until = models.DateField(null=True)
    silent_after_hours = models.PositiveSmallIntegerField(default=72)
    added_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(null=True)
    silent_since = models.DateTimeField(null=True)
    refused = models.PositiveBigIntegerField(default=0)
    said = models.CharField(max_length=300, blank=True)
    said_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[Any]] = ["name", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(Upper("name"), name="source_name_once"),
            models.UniqueConstraint(fields=["key_hash"], condition=~Q(key_hash=""), name="source_key_once"),
            models.CheckConstraint(condition=Q(kind__in=SourceKind.values), name="source_kind_known"),
            models.CheckConstraint(
                condition=Q(kind=SourceKind.SEGMENT) | Q(key_hash=""), name="source_key_of_segment"
            ),
            models.CheckConstraint(condition=Q(silent_after_hours__gt=0), name="source_silent_after_a_time"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def silent_after(self) -> timedelta:
        return timedelta(hours=self.silent_after_hours)

    @property
    def silent_after_days(self) -> int:
        """The same in whole days, for what is told day by day."""
        return -(-self.silent_after_hours // 24)

    @property
    def is_in_use(self) -> bool:
        return self.stopped_at is None

    @property
    def takes_files(self) -> bool:
        return self.kind in (SourceKind.CSV, SourceKind.PARQUET)
