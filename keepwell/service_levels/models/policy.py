from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from keepwell.calendars.models import WorkingCalendar
from keepwell.customers.models import Account


class Metric(models.TextChoices):
    INITIAL_CONTACT = "initial_contact", _("Initial contact")
    FOLLOW_UP = "follow_up", _("Follow-up")
    RESOLUTION = "resolution", _("Resolution")
    OVERALL = "overall", _("Solved overall")


class Population(models.TextChoices):
    """Whose clocks a commitment is about: those of one severity, or of any."""

    HIGH = "high", _("High")
    NORMAL = "normal", _("Normal")
    LOW = "low", _("Low")
    ANY = "any", _("All severities")


class Unit(models.TextChoices):
    HOURS = "hours", _("hours")
    BUSINESS_HOURS = "business_hours", _("business hours")
    BUSINESS_DAYS = "business_days", _("business days")
    END_OF_BUSINESS_DAY = "end_of_business_day", _("end of the n-th next business day")


class Policy(models.Model):
    """Guidelines that the vendor publishes, by name; what they promise stands in their versions."""

    name = models.CharField(_("name"), max_length=120)
    is_default = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "policies"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(Lower("name"), name="policy_name_once"),
            models.UniqueConstraint(
                fields=["is_default"], condition=Q(is_default=True), name="one_default_policy"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PolicyVersion(models.Model):
    """What a policy promises from an instant on. Never changed: an edit is the next version.

    `pauses` are the metrics that stand still while the customer is waited for; `warns_at` is the part of
    the time to the due, in percent, at which people are warned. A case that ends can be reopened for
    `reopen_days` times 24 hours.
    """

    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    calendar = models.ForeignKey(WorkingCalendar, on_delete=models.PROTECT)
    pauses = models.JSONField(default=list)
    warns_at = models.PositiveSmallIntegerField(default=75)
    reopen_days = models.PositiveSmallIntegerField(default=14)
    effective_at = models.DateTimeField()
    made_by_kind = models.CharField(max_length=40)
    made_by_id = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["policy", "-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["policy", "number"], name="policy_version_once"),
            models.CheckConstraint(
                condition=Q(warns_at__gte=1, warns_at__lte=99), name="warns_before_the_due"
            ),
            models.CheckConstraint(
                condition=Q(reopen_days__gte=1, reopen_days__lte=366), name="reopens_within_a_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.policy} {self.number}"


class Commitment(models.Model):
    """One promise: this metric, for this severity, within this allowance, in this share of cases."""

    version = models.ForeignKey(PolicyVersion, on_delete=models.PROTECT, related_name="commitments")
    metric = models.CharField(max_length=20, choices=Metric)
    severity = models.CharField(max_length=8, choices=Population)
    amount = models.DecimalField(max_digits=8, decimal_places=3)
    unit = models.CharField(max_length=24, choices=Unit)
    objective = models.DecimalField(
        _("share of cases in percent"), max_digits=5, decimal_places=2, default=100
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["version", "metric", "severity"], name="commitment_once"),
            models.CheckConstraint(condition=Q(metric__in=Metric.values), name="commitment_metric_known"),
            models.CheckConstraint(
                condition=Q(severity__in=Population.values), name="commitment_severity_known"
            ),
            models.CheckConstraint(condition=Q(unit__in=Unit.values), name="commitment_unit_known"),
            models.CheckConstraint(
                condition=Q(objective__gt=0, objective__lte=100), name="objective_is_a_share"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.metric} {self.severity}"


class PolicyAssignment(models.Model):
    """An account that has other guidelines than the default ones, from an instant on, until another."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="policy_assignments")
    policy = models.ForeignKey(Policy, on_delete=models.PROTECT, related_name="assignments")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(ends_at__isnull=True), name="one_policy_an_account"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account}: {self.policy}"
