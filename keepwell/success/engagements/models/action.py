from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keepwell.success.engagements.models.engagement import Engagement


class Side(models.TextChoices):
    OURS = "ours", _("We")
    THEIRS = "theirs", _("The customer")


class ActionState(models.TextChoices):
    """MOVED: it goes on as an action of the road map."""

    OPEN = "open", _("Open")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")
    MOVED = "moved", _("On the road map")


SETTLED = [ActionState.DONE, ActionState.DROPPED, ActionState.MOVED]


class ActionQuerySet(models.QuerySet["Action"]):
    def visible_to(self, actor: Any) -> ActionQuerySet:
        """Those of the engagements that this actor may see: both sides read what both have to do."""
        return self.filter(engagement__in=Engagement.objects.visible_to(actor))

    def still_open(self) -> ActionQuerySet:
        return self.filter(state=ActionState.OPEN)


class Action(models.Model):
    """What somebody does after an engagement, until when. Read by the customer.

    `user` is one of ours, or `contact` somebody of theirs; both None where only the side is known.
    """

    engagement = models.ForeignKey(Engagement, on_delete=models.CASCADE, related_name="actions")
    side = models.CharField(max_length=6, choices=Side)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="engagement_actions"
    )
    contact = models.ForeignKey(
        "keepwell_customers.Contact", on_delete=models.PROTECT, null=True, related_name="+"
    )
    what = models.CharField(_("what"), max_length=500)
    due_on = models.DateField(_("until"))
    state = models.CharField(max_length=8, choices=ActionState, default=ActionState.OPEN)
    added_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["due_on", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(side=Side.OURS, contact__isnull=True) | Q(side=Side.THEIRS, user__isnull=True),
                name="action_owner_of_its_side",
            ),
            models.CheckConstraint(
                condition=Q(state=ActionState.OPEN, settled_at__isnull=True)
                | Q(state__in=SETTLED, settled_at__isnull=False),
                name="action_settled_has_instant",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["user", "due_on"], condition=Q(state=ActionState.OPEN), name="action_open_of_ours"
            ),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def owner(self) -> Any:
        """Whose it is; the side in words where nobody is named."""
        return self.user or self.contact or self.get_side_display()

    def is_late_on(self, on: date) -> bool:
        return self.state == ActionState.OPEN and self.due_on < on
