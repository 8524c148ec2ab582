from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from keepwell.customers.models import Contact
from keepwell.success.road_maps.models.goal import Goal
from keepwell.success.road_maps.models.road_map import RoadMap
from keepwell.success.road_maps.states import OPEN_ACTIONS, ActionState, Side

STATES = [
    (ActionState.TODO.value, _("To do")),
    (ActionState.DOING.value, _("Being done")),
    (ActionState.BLOCKED.value, _("Blocked")),
    (ActionState.DONE.value, _("Done")),
    (ActionState.DROPPED.value, _("Dropped")),
]
SIDES = [(Side.VENDOR.value, _("We")), (Side.CUSTOMER.value, _("The customer"))]


class ActionItem(models.Model):
    """What somebody of either side does until a day. Internal until it is shared.

    The owner is of its side, and may be missing while nobody is found. `done_on` is the day it was done.
    """

    road_map = models.ForeignKey(RoadMap, on_delete=models.PROTECT, related_name="actions")
    goal = models.ForeignKey(Goal, on_delete=models.PROTECT, null=True, related_name="actions")
    title = models.CharField(_("action"), max_length=300)
    side = models.CharField(_("who does it"), max_length=8, choices=SIDES)
    owner_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    owner_contact = models.ForeignKey(Contact, on_delete=models.PROTECT, null=True, related_name="+")
    due_on = models.DateField(_("by"), null=True)
    state = models.CharField(max_length=8, choices=STATES, default=ActionState.TODO.value)
    done_on = models.DateField(null=True)
    is_shared = models.BooleanField(default=False)
    added_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = [F("due_on").asc(nulls_last=True), "pk"]  # type: ignore[list-item]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(title=""), name="action_item_has_a_title"),
            models.CheckConstraint(
                condition=Q(state__in=[each.value for each in ActionState]), name="action_item_state_known"
            ),
            models.CheckConstraint(
                condition=Q(side="vendor", owner_contact__isnull=True)
                | Q(side="customer", owner_user__isnull=True),
                name="action_item_owner_of_its_side",
            ),
            models.CheckConstraint(
                condition=Q(state="done", done_on__isnull=False)
                | (~Q(state="done") & Q(done_on__isnull=True)),
                name="action_item_done_on_a_day",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["owner_user", "due_on"],
                condition=Q(state__in=("todo", "doing", "blocked")),
                name="action_item_open_of_user",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_ACTIONS


class Dependency(models.Model):
    """One action waits for another of the same road map; never in a circle."""

    action = models.ForeignKey(ActionItem, on_delete=models.PROTECT, related_name="waits_for", db_index=False)
    other = models.ForeignKey(ActionItem, on_delete=models.PROTECT, related_name="holds_up")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["action", "other"], name="dependency_once"),
            models.CheckConstraint(condition=~Q(action=F("other")), name="dependency_not_on_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.action_id} after {self.other_id}"


class _SaidBySomebody(models.Model):
    """`reason` is what was written, "" where nothing was and once it is erased."""

    reason = models.TextField(blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, null=True, related_name="+")
    happened_at = models.DateTimeField()

    class Meta:
        abstract = True
        ordering: ClassVar[list[str]] = ["pk"]


class ActionChange(_SaidBySomebody):
    """An action went from one state to another. `is_waived`: done though something it waited for is open."""

    action = models.ForeignKey(ActionItem, on_delete=models.PROTECT, related_name="changes")
    from_state = models.CharField(max_length=8, choices=STATES)
    to_state = models.CharField(max_length=8, choices=STATES)
    is_waived = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.action_id} {self.to_state}"


class DueChange(_SaidBySomebody):
    """An action is due on another day than before."""

    action = models.ForeignKey(ActionItem, on_delete=models.PROTECT, related_name="due_changes")
    from_on = models.DateField(null=True)
    to_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.action_id} {self.to_on}"
