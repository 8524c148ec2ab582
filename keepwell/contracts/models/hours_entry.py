from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from keepwell.contracts.models.contract import Contract
from keepwell.contracts.prepaid import Line

LINES = [
    (Line.GRANTED.value, _("Granted")),
    (Line.USED.value, _("Used")),
    (Line.REVERSED.value, _("Taken back")),
]


class HoursEntry(models.Model):
    """One line of the ledger of prepaid hours; lines are added and never changed, a trigger holds that.

    `year_starts_on` is the first day of the contract year it counts in. What it is for is named by kind and
    id, such as ("engagement", 12); a line by hand has none. A reversal names the line that it takes back.
    `is_beyond`: more than was granted, and approved; then `reason` says why. `reason` is "" once erased.
    """

    contract = models.ForeignKey(
        Contract, on_delete=models.PROTECT, related_name="hours_entries", db_index=False
    )
    year_starts_on = models.DateField()
    line = models.CharField(max_length=8, choices=LINES)
    minutes = models.PositiveIntegerField()
    cause_kind = models.CharField(max_length=32, blank=True)
    cause_id = models.BigIntegerField(null=True)
    reverses = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="reversed_by")
    is_beyond = models.BooleanField(default=False)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    happened_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(line__in=[each.value for each in Line]), name="hours_line_known"
            ),
            models.CheckConstraint(condition=Q(minutes__gte=1), name="hours_of_a_minute_at_least"),
            models.CheckConstraint(
                condition=Q(line="reversed", reverses__isnull=False)
                | (~Q(line="reversed") & Q(reverses__isnull=True)),
                name="hours_reversal_names_its_line",
            ),
            models.CheckConstraint(
                condition=Q(cause_kind="", cause_id__isnull=True)
                | (~Q(cause_kind="") & Q(cause_id__isnull=False)),
                name="hours_cause_whole",
            ),
            models.CheckConstraint(
                condition=Q(is_beyond=False) | Q(line="used"), name="hours_beyond_is_a_use"
            ),
            models.UniqueConstraint(
                fields=["contract", "year_starts_on"],
                condition=Q(line="granted", cause_kind="contract"),
                name="hours_of_the_contract_once_a_year",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["contract", "year_starts_on", "id"], name="hours_of_a_year"),
            models.Index(F("cause_kind"), F("cause_id"), condition=~Q(cause_kind=""), name="hours_by_cause"),
        ]

    def __str__(self) -> str:
        return f"{self.get_line_display()} {self.minutes}"
