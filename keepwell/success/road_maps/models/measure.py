from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from keepwell.customers.models import Contact
from keepwell.success.road_maps.models.goal import Goal
from keepwell.success.road_maps.progress import Way
from keepwell.success.road_maps.states import Direction, Source

DIRECTIONS = [(Direction.UP.value, _("More is better")), (Direction.DOWN.value, _("Less is better"))]
SOURCES = [(Source.BY_HAND.value, _("By hand")), (Source.METRIC.value, _("From usage"))]


class Measure(models.Model):
    """How one sees that a goal is reached: from a baseline to a target, each with its day.

    `metric` names what usage measures, where the readings come from there; "" by hand.
    """

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="measures")
    name = models.CharField(_("measure"), max_length=200)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    direction = models.CharField(_("direction"), max_length=4, choices=DIRECTIONS, default=Direction.UP.value)
    baseline = models.DecimalField(_("baseline"), max_digits=18, decimal_places=4)
    baseline_on = models.DateField(_("measured on"))
    target = models.DecimalField(_("target"), max_digits=18, decimal_places=4)
    target_on = models.DateField(_("to be reached by"))
    source = models.CharField(max_length=8, choices=SOURCES, default=Source.BY_HAND.value)
    metric = models.CharField(_("metric"), max_length=64, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(name=""), name="measure_has_a_name"),
            models.CheckConstraint(
                condition=Q(direction="up", target__gt=F("baseline"))
                | Q(direction="down", target__lt=F("baseline")),
                name="measure_target_lies_ahead",
            ),
            models.CheckConstraint(
                condition=Q(target_on__gt=F("baseline_on")), name="measure_target_after_baseline"
            ),
            models.CheckConstraint(
                condition=Q(source="by_hand", metric="") | (Q(source="metric") & ~Q(metric="")),
                name="measure_metric_where_read_from_usage",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def way(self) -> Way:
        return Way(
            direction=self.direction,
            baseline=self.baseline,
            baseline_on=self.baseline_on,
            target=self.target,
            target_on=self.target_on,
        )


class Reading(models.Model):
    """What a measure was on a day. Of several of a day the one that was entered last counts."""

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, related_name="readings", db_index=False)
    on = models.DateField()
    value = models.DecimalField(max_digits=18, decimal_places=4)
    source = models.CharField(max_length=8, choices=SOURCES, default=Source.BY_HAND.value)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, null=True, related_name="+")
    read_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["on", "pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["measure", "on", "id"], name="reading_line_of_time"),
        ]

    def __str__(self) -> str:
        return f"{self.on}: {self.value}"
