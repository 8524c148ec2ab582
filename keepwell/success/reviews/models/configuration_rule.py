from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keepwell.customers.models import Product
from keepwell.success.reviews.expectations import Expectation, Expects
from keepwell.success.reviews.states import Severity

EXPECTS = [
    (Expects.EQUALS.value, _("is")),
    (Expects.ONE_OF.value, _("is one of")),
    (Expects.AT_LEAST.value, _("is at least")),
    (Expects.AT_MOST.value, _("is at most")),
    (Expects.VERSION_AT_LEAST.value, _("is this version or a later one")),
    (Expects.PRESENT.value, _("is there")),
]
SEVERITIES = [
    (Severity.HIGH.value, _("High")),
    (Severity.MEDIUM.value, _("Medium")),
    (Severity.LOW.value, _("Low")),
]


class ConfigurationRule(models.Model):
    """What is good practice in the configuration of a product; what it says stands in its versions."""

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="configuration_rules")
    is_active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"{self.product} {self.pk}"


class RuleVersion(models.Model):
    """One version of a rule. Never changed: an edit is the next one, and reviews name the one they were held
    to.

    `fact` is a fact as the software sends it with `group`; `values` what is expected of it, as it was
    written.
    """

    rule = models.ForeignKey(ConfigurationRule, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(_("what is checked"), max_length=200)
    fact = models.CharField(_("fact"), max_length=120)
    expects = models.CharField(_("expected"), max_length=16, choices=EXPECTS)
    values = models.JSONField(default=list)
    severity = models.CharField(_("severity"), max_length=6, choices=SEVERITIES)
    advice = models.TextField(_("advice"))
    published_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["rule", "number"], name="configuration_rule_version_once"),
            models.CheckConstraint(
                condition=Q(expects__in=[each.value for each in Expects]), name="rule_version_expects_known"
            ),
            models.CheckConstraint(
                condition=Q(severity__in=[each.value for each in Severity]),
                name="rule_version_severity_known",
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(fact="") & ~Q(advice=""), name="rule_version_says_something"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def expectation(self) -> Expectation:
        return Expectation(fact=self.fact, expects=self.expects, values=tuple(self.values))
