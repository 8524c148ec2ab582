from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keepwell.contracts.models.term import Term
from keepwell.contracts.terms import Outcome

OUTCOMES = [
    (Outcome.RENEWED.value, _("Renewed")),
    (Outcome.CONTRACTED.value, _("Renewed with less")),
    (Outcome.LOST.value, _("Lost")),
]


class Renewal(models.Model):
    """What becomes of a contract after a term: open, with an empty outcome, until it is decided.

    `is_avoidable` says of what was lost or got less whether it need not have been; None elsewhere, and where
    nobody knows. `is_tacit`: the contract renewed itself. `reason` is what somebody wrote, "" once erased.
    """

    term = models.OneToOneField(Term, on_delete=models.PROTECT, related_name="renewal")
    opened_at = models.DateTimeField()
    outcome = models.CharField(_("outcome"), max_length=10, choices=OUTCOMES, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    is_avoidable = models.BooleanField(_("avoidable"), null=True)
    is_tacit = models.BooleanField(default=False)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(outcome="", decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(outcome="") & Q(decided_at__isnull=False)),
                name="renewal_decided_whole",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["", *(each.value for each in Outcome)]), name="renewal_outcome_known"
            ),
            models.CheckConstraint(
                condition=Q(is_avoidable__isnull=True) | Q(outcome__in=["contracted", "lost"]),
                name="renewal_avoidable_where_less",
            ),
            models.CheckConstraint(
                condition=Q(is_tacit=False) | Q(outcome="renewed", decided_by__isnull=True),
                name="renewal_tacit_by_nobody",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["decided_at"], condition=~Q(outcome=""), name="renewal_decided"),
        ]

    def __str__(self) -> str:
        return self.get_outcome_display() or str(_("Open"))

    @property
    def is_open(self) -> bool:
        return not self.outcome
