from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from keepwell.cases.models.case_queryset import OPEN, SET_ASIDE, UNPLACED, CaseQuerySet
from keepwell.cases.models.numbering import NextNumber
from keepwell.cases.severities import Severity
from keepwell.cases.states import OPEN_STATES, State
from keepwell.cases.words import LEVEL_WORDS, SEVERITY_WORDS, STATE_WORDS, OpenedBy
from keepwell.conversations.models import Channel, Direction

Q = models.Q
MERGED = Q(merged_into__isnull=False)
STATES_IN_WORDS = dict(STATE_WORDS)
SEVERITIES_IN_WORDS = dict(SEVERITY_WORDS)


class Case(models.Model):
    """A customer's problem.

    `owner` is whom the customer deals with, `assignee` who works on it now: two people while it is handed
    to another level. `version` is the number of changes so far and `changed_at` the last of them: each is
    one entry about the case. `reopenable_until_at` is the promise made when it ended. `is_imported`: another
    desk's history, brought in to be measured; nobody is told of what it misses. Written by verbs only.
    """

    number = models.BigIntegerField(_("number"), unique=True, db_default=NextNumber(), editable=False)
    conversation = models.OneToOneField(
        "keepwell_conversations.Conversation", on_delete=models.PROTECT, related_name="case"
    )
    subject = models.CharField(_("subject"), max_length=250)
    situation = models.TextField(_("situation"), blank=True)
    severity = models.CharField(_("severity"), max_length=8, choices=SEVERITY_WORDS)
    state = models.CharField(_("state"), max_length=24, choices=STATE_WORDS)
    level = models.PositiveSmallIntegerField(_("level"), choices=LEVEL_WORDS, default=1)
    tags = ArrayField(models.CharField(max_length=40), default=list, blank=True)

    account = models.ForeignKey(
        "keepwell_customers.Account",
        on_delete=models.PROTECT,
        null=True,
        related_name="cases",
        db_index=False,
    )
    contact = models.ForeignKey(
        "keepwell_customers.Contact", on_delete=models.PROTECT, related_name="cases", db_index=False
    )
    product = models.ForeignKey(
        "keepwell_customers.Product", on_delete=models.PROTECT, null=True, related_name="+"
    )
    deployment = models.ForeignKey(
        "keepwell_customers.Deployment", on_delete=models.PROTECT, null=True, related_name="+"
    )
    team = models.ForeignKey(
        "keepwell_staffing.Team", on_delete=models.PROTECT, null=True, related_name="cases", db_index=False
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="owned_cases",
        db_index=False,
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="cases", db_index=False
    )

    channel = models.CharField(max_length=16, choices=Channel)
    opened_by = models.CharField(max_length=8, choices=OpenedBy, default=OpenedBy.CUSTOMER)
    live = models.BooleanField(default=False)
    is_private = models.BooleanField(default=False)
    is_spam = models.BooleanField(default=False)
    is_imported = models.BooleanField(default=False)
    is_verified_sender = models.BooleanField(default=True)
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="merged_cases", db_index=False
    )
    follow_up_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="follow_ups", db_index=False
    )

    opened_at = models.DateTimeField()
    state_changed_at = models.DateTimeField()
    scheduled_until_at = models.DateTimeField(null=True)
    snoozed_until_at = models.DateTimeField(null=True)
    resolved_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    reopenable_until_at = models.DateTimeField(null=True)
    last_message_at = models.DateTimeField(null=True)
    last_message_direction = models.CharField(max_length=3, choices=Direction, blank=True)
    version = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(state__in=[s.value for s in State]), name="case_state_known"),
            models.CheckConstraint(
                condition=Q(severity__in=[s.value for s in Severity]), name="case_severity_known"
            ),
            models.CheckConstraint(condition=Q(level__in=[1, 2, 3]), name="case_level_known"),
            models.CheckConstraint(condition=Q(channel__in=Channel.values), name="case_channel_known"),
            models.CheckConstraint(condition=Q(opened_by__in=OpenedBy.values), name="case_opened_by_known"),
            models.CheckConstraint(
                condition=Q(last_message_direction__in=["", *Direction.values]),
                name="case_last_direction_known",
            ),
            models.CheckConstraint(condition=~Q(subject=""), name="case_has_subject"),
            models.CheckConstraint(
                condition=(Q(state=State.CLOSED.value) & Q(closed_at__isnull=False))
                | (~Q(state=State.CLOSED.value) & Q(closed_at__isnull=True)),
                name="case_closed_has_instant",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state=State.RESOLVED.value)
                    & Q(resolved_at__isnull=False)
                    & Q(reopenable_until_at__isnull=False)
                )
                | Q(state=State.CLOSED.value)
                | Q(
                    state__in=[s.value for s in OPEN_STATES],
                    resolved_at__isnull=True,
                    reopenable_until_at__isnull=True,
                ),
                name="case_resolved_has_instant",
            ),
            models.CheckConstraint(
                condition=(Q(state=State.SCHEDULED.value) & Q(scheduled_until_at__isnull=False))
                | (~Q(state=State.SCHEDULED.value) & Q(scheduled_until_at__isnull=True)),
                name="case_scheduled_has_instant",
            ),
            models.CheckConstraint(
                condition=~MERGED | (Q(state=State.CLOSED.value) & ~Q(merged_into=models.F("id"))),
                name="case_merged_is_closed",
            ),
            models.CheckConstraint(
                condition=Q(follow_up_of__isnull=True) | ~Q(follow_up_of=models.F("id")),
                name="case_follows_another",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            # The lists of the desk are about open cases, one in twenty: small indexes, in the order shown.
            models.Index(fields=["-changed_at", "-id"], condition=OPEN, name="case_open"),
            models.Index(fields=["number"], condition=OPEN, name="case_open_number"),
            models.Index(fields=["state", "-changed_at", "-id"], condition=OPEN, name="case_open_state"),
            models.Index(
                fields=["assignee", "-changed_at", "-id"],
                include=["state"],
                condition=OPEN,
                name="case_open_assignee",
            ),
            models.Index(fields=["owner", "-changed_at", "-id"], condition=OPEN, name="case_open_owner"),
            models.Index(fields=["team", "-changed_at", "-id"], condition=OPEN, name="case_open_team"),
            models.Index(fields=["account", "-changed_at", "-id"], condition=OPEN, name="case_open_account"),
            # "Nobody" is no value that an index is in order for, so nobody's cases need one of their own.
            models.Index(
                fields=["-changed_at", "-id"],
                condition=OPEN & Q(assignee__isnull=True),
                name="case_open_nobodys",
            ),
            models.Index(
                fields=["-changed_at", "-id"],
                condition=OPEN & UNPLACED,
                name="case_to_place",
            ),
            # Whole histories: everything, one account's, one contact's.
            models.Index(fields=["-changed_at", "-id"], name="case_all"),
            models.Index(fields=["account", "-changed_at", "-id"], name="case_account"),
            models.Index(fields=["contact", "-changed_at", "-id"], name="case_contact"),
            GinIndex(fields=["tags"], name="case_tags"),
            # What came in within some days, counted from here alone; and the few that no figure counts.
            models.Index(
                fields=["opened_at"],
                include=["id", "severity", "channel", "live", "product", "account", "level", "team"],
                condition=Q(is_spam=False, merged_into__isnull=True),
                name="case_opened",
            ),
            models.Index(fields=["id"], condition=SET_ASIDE, name="case_set_aside"),
            # What is open and how old, and who has it.
            models.Index(
                fields=["opened_at"],
                include=["id", "severity", "assignee", "merged_into"],
                condition=OPEN,
                name="case_open_opened",
            ),
            # What is rare among all, or waits for an instant.
            models.Index(fields=["-changed_at", "-id"], condition=Q(is_spam=True), name="case_spam"),
            models.Index(
                fields=["-changed_at", "-id"],
                condition=Q(state=State.RESOLVED.value),
                name="case_resolved",
            ),
            models.Index(
                fields=["reopenable_until_at"], condition=Q(state=State.RESOLVED.value), name="case_to_close"
            ),
            models.Index(
                fields=["scheduled_until_at"],
                condition=Q(scheduled_until_at__isnull=False),
                name="case_scheduled",
            ),
            models.Index(
                fields=["snoozed_until_at"], condition=Q(snoozed_until_at__isnull=False), name="case_snoozed"
            ),
            models.Index(fields=["merged_into"], condition=MERGED, name="case_merged"),
            models.Index(
                fields=["follow_up_of"], condition=Q(follow_up_of__isnull=False), name="case_follow_up"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.number}"

    # Django's own look through all choices again for each row of a list, and hash every translation.
    def get_state_display(self) -> str:  # type: ignore[no-redef]
        return str(STATES_IN_WORDS.get(self.state, self.state))

    def get_severity_display(self) -> str:  # type: ignore[no-redef]
        return str(SEVERITIES_IN_WORDS.get(self.severity, self.severity))

    @property
    def is_open(self) -> bool:
        """Whether there is still work to do."""
        return self.state in OPEN_STATES and not self.is_spam

    @property
    def is_merged(self) -> bool:
        return self.merged_into_id is not None

    @property
    def is_handed_on(self) -> bool:
        """Whether somebody else than the customer's own person works on it now."""
        return (
            self.owner_id is not None and self.assignee_id is not None and self.owner_id != self.assignee_id
        )
