from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from keepwell.contracts.terms import Span
from keepwell.customers.models import Contact
from keepwell.success.road_maps.models.goal import Goal
from keepwell.success.road_maps.returns import Claim
from keepwell.success.road_maps.states import ClaimState

STATES = [
    (ClaimState.CLAIMED.value, _("Not confirmed yet")),
    (ClaimState.CONFIRMED.value, _("Confirmed")),
    (ClaimState.DISPUTED.value, _("Disputed")),
]


class ValueClaim(models.Model):
    """What a goal was worth over some days, as we say, and what the customer says to that.

    `amount_cents` counts the smallest unit of its currency. `method` and `evidence` say how it comes about.
    Only a person of the customer confirms or disputes it; `answer` is what that one wrote, "" once erased.
    """

    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, related_name="claims")
    first_on = models.DateField()
    last_on = models.DateField()
    amount_cents = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    method = models.TextField(_("how it is reckoned"))
    evidence = models.TextField(_("evidence"), blank=True)
    state = models.CharField(max_length=9, choices=STATES, default=ClaimState.CLAIMED.value)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    claimed_at = models.DateTimeField()
    answered_by = models.ForeignKey(Contact, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["first_on", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="claim_ends_after_start"),
            models.CheckConstraint(condition=Q(amount_cents__gte=1), name="claim_of_something"),
            models.CheckConstraint(
                condition=Q(state__in=[each.value for each in ClaimState]), name="claim_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="claimed", answered_by__isnull=True, answered_at__isnull=True)
                | (~Q(state="claimed") & Q(answered_by__isnull=False, answered_at__isnull=False)),
                name="claim_answered_by_the_customer",
            ),
            models.CheckConstraint(condition=Q(currency__regex=r"^[A-Z]{3}$"), name="claim_currency_code"),
        ]

    def __str__(self) -> str:
        return f"{self.goal_id} {self.get_state_display()}"

    @property
    def claim(self) -> Claim:
        span = Span(first=self.first_on, last=self.last_on)
        return Claim(span=span, cents=self.amount_cents, currency=self.currency, state=self.state)
