from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keepwell.customers.models import Account, Stewardship
from keepwell.customers.queries import sees_all


class State(models.TextChoices):
    """How far it is."""

    OPEN = "open", _("Waits to be accepted")
    ACCEPTED = "accepted", _("Accepted")
    COMPLETED = "completed", _("Completed")
    RETURNED = "returned", _("Returned")
    WITHDRAWN = "withdrawn", _("Withdrawn")


UNDER_WAY = (State.OPEN, State.ACCEPTED)


class HandOverQuerySet(models.QuerySet["HandOver"]):
    def visible_to(self, actor: Any) -> HandOverQuerySet:
        """Staff who see accounts; a customer is told by a letter, and has no page of it."""
        return self.all() if sees_all(actor, "account.see") else self.none()

    def under_way(self) -> HandOverQuerySet:
        return self.filter(state__in=UNDER_WAY)

    def for_list(self) -> HandOverQuerySet:
        return self.select_related("account", "giver", "taker", "begun_by")


class HandOver(models.Model):
    """An account goes from one steward to another.

    `giver` None: nobody looked after it in this way. `known` is what whoever takes it has to know, `reason`
    why it was returned. `told` says in which way the customer was told, where no letter did.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="hand_overs")
    kind = models.CharField(max_length=8, choices=Stewardship.Kind)
    giver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    taker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    known = models.TextField(_("what has to be known"))
    due_on = models.DateField(_("until"))
    reason = models.TextField(blank=True)
    told = models.TextField(blank=True)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = HandOverQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="hand_over_state_known"),
            models.CheckConstraint(
                condition=Q(kind__in=Stewardship.Kind.values), name="hand_over_kind_known"
            ),
            models.CheckConstraint(condition=~Q(known=""), name="hand_over_is_not_empty"),
            models.CheckConstraint(
                condition=~Q(state=State.RETURNED) | ~Q(reason=""), name="hand_over_returned_says_why"
            ),
            models.UniqueConstraint(
                fields=["account", "kind"],
                condition=Q(state__in=UNDER_WAY),
                name="one_hand_over_at_a_time",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["taker"], condition=Q(state__in=UNDER_WAY), name="hand_over_under_way"),
        ]

    def __str__(self) -> str:
        return f"{self.account}, {self.get_kind_display()}"

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY


class Release(models.Model):
    """Something open that does not go along: it has no owner once the hand-over is completed."""

    hand_over = models.ForeignKey(HandOver, on_delete=models.CASCADE, related_name="releases", db_index=False)
    noun = models.CharField(max_length=32)
    thing = models.BigIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["hand_over", "noun", "thing"], name="released_once"),
        ]

    def __str__(self) -> str:
        return f"{self.noun} {self.thing}"
