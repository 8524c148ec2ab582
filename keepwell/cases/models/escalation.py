from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from keepwell.cases.models.case import Case
from keepwell.cases.words import LEVEL_WORDS, HandOffState

Q = models.Q
PERSON = settings.AUTH_USER_MODEL


class Escalation(models.Model):
    """A case handed to another level or team, with what is known, what was tried and what is needed.

    Until it is accepted the case stays with whoever asked. `from_assignee` gets it back if it comes back.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="escalations")
    from_level = models.PositiveSmallIntegerField(choices=LEVEL_WORDS)
    from_team = models.ForeignKey(
        "keepwell_staffing.Team", on_delete=models.PROTECT, null=True, related_name="+"
    )
    from_assignee = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    to_level = models.PositiveSmallIntegerField(choices=LEVEL_WORDS)
    to_team = models.ForeignKey(
        "keepwell_staffing.Team", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    known = models.TextField()
    tried = models.TextField()
    needed = models.TextField()
    state = models.CharField(max_length=12, choices=HandOffState, default=HandOffState.REQUESTED)
    return_reason = models.TextField(blank=True)
    requested_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    requested_at = models.DateTimeField()
    accepted_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(PERSON, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(state=HandOffState.REQUESTED), name="hand_off_one_at_a_time"
            ),
            models.CheckConstraint(condition=Q(state__in=HandOffState.values), name="hand_off_state_known"),
            models.CheckConstraint(
                condition=Q(from_level__in=[1, 2, 3], to_level__in=[1, 2, 3]), name="hand_off_levels_known"
            ),
            models.CheckConstraint(
                condition=~(Q(known="") | Q(tried="") | Q(needed="")), name="hand_off_is_not_empty"
            ),
            models.CheckConstraint(
                condition=Q(state=HandOffState.REQUESTED, accepted_at__isnull=True, ended_at__isnull=True)
                | Q(state=HandOffState.ACCEPTED, accepted_at__isnull=False, ended_at__isnull=True)
                | Q(
                    state__in=[HandOffState.RETURNED, HandOffState.TAKEN_BACK, HandOffState.LAPSED],
                    ended_at__isnull=False,
                ),
                name="hand_off_has_its_instants",
            ),
            models.CheckConstraint(
                condition=~Q(state=HandOffState.RETURNED) | ~Q(return_reason=""),
                name="hand_off_return_has_reason",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["to_team", "requested_at"],
                condition=Q(state=HandOffState.REQUESTED),
                name="hand_off_to_answer",
            ),
            models.Index(
                fields=["requested_at"],
                include=["case", "from_level", "to_level", "state", "accepted_at"],
                name="hand_off_requested",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_from_level_display()} to {self.get_to_level_display()}"
