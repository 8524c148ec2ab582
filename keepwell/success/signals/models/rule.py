from __future__ import annotations

from typing import ClassVar

from django.db import models

from keepwell.success.signals.terms import Terms, terms_from


class SignalRule(models.Model):
    """Something that is looked for at every account. `switched_off_at`: it opens no signals since then.

    `shipped_as` is the name of one that came with the product, "" for any other.
    """

    name = models.CharField(max_length=100)
    shipped_as = models.CharField(max_length=40, blank=True)
    added_at = models.DateTimeField()
    switched_off_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["name", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~models.Q(name=""), name="signal_rule_has_a_name"),
            models.UniqueConstraint(
                fields=["shipped_as"], condition=~models.Q(shipped_as=""), name="signal_rule_shipped_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_on(self) -> bool:
        return self.switched_off_at is None


class SignalRuleVersion(models.Model):
    """One version of a rule, as `terms.terms_to` wrote it. Never changed: an edit is the next one."""

    rule = models.ForeignKey(SignalRule, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    published_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["rule", "number"], name="signal_rule_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.rule}, {self.number}"

    @property
    def terms(self) -> Terms:
        return terms_from(self.content)
