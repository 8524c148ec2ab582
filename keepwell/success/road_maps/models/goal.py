from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keepwell.customers.models import Contact
from keepwell.success.road_maps.models.road_map import RoadMap
from keepwell.success.road_maps.states import GoalState

STATES = [
    (GoalState.PROPOSED.value, _("Proposed")),
    (GoalState.ACTIVE.value, _("Active")),
    (GoalState.ACHIEVED.value, _("Achieved")),
    (GoalState.PARTLY.value, _("Partly achieved")),
    (GoalState.MISSED.value, _("Missed")),
    (GoalState.DROPPED.value, _("Dropped")),
]
CATEGORIES = [
    ("service", _("Better service")),
    ("efficiency", _("Less work")),
    ("cost", _("Lower cost")),
    ("adoption", _("More use")),
    ("compliance", _("Rules kept")),
    ("other", _("Something else")),
]
PRIORITIES = [(1, _("First")), (2, _("Second")), (3, _("Third"))]


class Goal(models.Model):
    """What the customer wants to reach, in its own words, and why. Internal until somebody shares it.

    Each side has one owner, both needed while it is active. `sponsor` is the customer's person behind it.
    """

    road_map = models.ForeignKey(RoadMap, on_delete=models.PROTECT, related_name="goals")
    statement = models.CharField(_("goal"), max_length=300)
    why = models.TextField(_("why"), blank=True)
    category = models.CharField(_("category"), max_length=12, choices=CATEGORIES, default="other")
    priority = models.PositiveSmallIntegerField(_("priority"), choices=PRIORITIES, default=2)
    state = models.CharField(max_length=8, choices=STATES, default=GoalState.PROPOSED.value)
    sponsor = models.ForeignKey(
        Contact, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("sponsor")
    )
    vendor_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    customer_owner = models.ForeignKey(Contact, on_delete=models.PROTECT, null=True, related_name="+")
    is_shared = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["priority", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(statement=""), name="goal_has_a_statement"),
            models.CheckConstraint(
                condition=Q(state__in=[each.value for each in GoalState]), name="goal_state_known"
            ),
            models.CheckConstraint(
                condition=Q(category__in=[code for code, _words in CATEGORIES]), name="goal_category_known"
            ),
            models.CheckConstraint(condition=Q(priority__in=(1, 2, 3)), name="goal_priority_known"),
            models.CheckConstraint(
                condition=~Q(state="active") | Q(vendor_owner__isnull=False, customer_owner__isnull=False),
                name="goal_active_has_both_owners",
            ),
        ]

    def __str__(self) -> str:
        return self.statement
