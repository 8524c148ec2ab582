from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from keepwell.conversations.authors import contact_id_of
from keepwell.customers.models import Account
from keepwell.customers.queries import accounts_administered_by, administers, sees_all
from keepwell.success.engagements import states
from keepwell.success.engagements.models.cadence import Cadence
from keepwell.success.engagements.models.kind import Kind


class State(models.TextChoices):
    """How far it is; which act leads where stands in `states`."""

    REQUESTED = states.REQUESTED, _("Asked for")
    PROPOSED = states.PROPOSED, _("Proposed")
    SCHEDULED = states.SCHEDULED, _("Scheduled")
    HELD = states.HELD, _("Held")
    CLOSED = states.CLOSED, _("Closed")
    DECLINED = states.DECLINED, _("Declined")
    CANCELLED = states.CANCELLED, _("Cancelled")
    NO_SHOW = states.NO_SHOW, _("Nobody came")


class Origin(models.TextChoices):
    """What it comes from."""

    CASE = "case", _("A case")
    ENQUIRY = "enquiry", _("The customer asked for it")
    SIGNAL = "signal", _("A signal")
    CADENCE = "cadence", _("Its turn has come")
    PLAYBOOK = "playbook", _("A playbook")
    BY_HAND = "by_hand", _("One of us proposed it")


class Outcome(models.TextChoices):
    """What came of it."""

    REACHED = "reached", _("What was wanted was reached")
    PARTLY = "partly", _("Some of it was reached")
    NOT_REACHED = "not_reached", _("It was not reached")
    INFORMED = "informed", _("Both sides know more now")


REACTIVE = (Origin.CASE, Origin.ENQUIRY, Origin.SIGNAL)
# What these come from has a number; what is proposed by hand has none.
WITH_AN_ID = (*REACTIVE, Origin.CADENCE, Origin.PLAYBOOK)
AHEAD = (State.REQUESTED, State.PROPOSED, State.SCHEDULED)
ALWAYS_TIMED = (State.SCHEDULED, State.HELD, State.CLOSED, State.NO_SHOW)
DEFAULT_MINUTES = 60


class EngagementQuerySet(models.QuerySet["Engagement"]):
    def visible_to(self, actor: Any) -> EngagementQuerySet:
        """Staff who see accounts all; a customer those that he was told of and takes part in, his
        administrator all of his accounts that anybody there was told of."""
        if sees_all(actor, "account.see"):
            return self.all()
        contact = contact_id_of(actor)
        if contact is None:
            return self.none()
        takes_part = Q(attendees__contact=contact, attendees__removed_at=None)
        own = Q(asked_by=contact) | Q(pk__in=Engagement.objects.filter(takes_part).values("pk"))
        if administers(actor):
            own |= Q(account__in=accounts_administered_by(actor))
        return self.filter(own, told_at__isnull=False)

    def ahead(self) -> EngagementQuerySet:
        """Not held yet, and not called off."""
        return self.filter(state__in=AHEAD)

    def for_list(self) -> EngagementQuerySet:
        return self.select_related("account", "host")


class Engagement(models.Model):
    """One meeting with a customer, from the wish for it to what came of it.

    `host` is one of ours who holds it, None until somebody is found. `wanted_on` is about when it should be,
    while no time is agreed. `place` is an address, a room or a number. `agenda` and `shared_notes` are read
    by the customer; what he does not read stands in `InternalNote`. `told_at` is since when he sees it, None
    while it is ours alone. `minutes_used` are those that count, of whatever was agreed. `sequence` is that of
    its invitations, None before the first, and `time_sequence` that of the first one with the present time.
    Written by verbs only.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="engagements")
    kind = models.CharField(_("kind"), max_length=16, choices=Kind)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=State)
    origin = models.CharField(max_length=10, choices=Origin)
    origin_id = models.BigIntegerField(null=True)
    cadence = models.ForeignKey(Cadence, on_delete=models.PROTECT, null=True, related_name="engagements")
    asked_by = models.ForeignKey(
        "keepwell_customers.Contact", on_delete=models.PROTECT, null=True, related_name="+"
    )
    host = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="engagements_held"
    )
    wanted_on = models.DateField(null=True)
    lasts_minutes = models.PositiveSmallIntegerField(default=DEFAULT_MINUTES)
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    place = models.CharField(max_length=300, blank=True)
    agenda = models.TextField(blank=True)
    shared_notes = models.TextField(blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    has_next_step = models.BooleanField(null=True)
    minutes_used = models.PositiveSmallIntegerField(null=True)
    reschedules = models.PositiveSmallIntegerField(default=0)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(null=True)
    time_sequence = models.PositiveIntegerField(default=0)
    rating = models.PositiveSmallIntegerField(null=True)
    rated_by = models.ForeignKey(
        "keepwell_customers.Contact", on_delete=models.PROTECT, null=True, related_name="+"
    )
    rated_at = models.DateTimeField(null=True)
    rating_words = models.TextField(blank=True)
    told_at = models.DateTimeField(null=True)
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = EngagementQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="engagement_kind_known"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="engagement_state_known"),
            models.CheckConstraint(
                condition=Q(origin__in=WITH_AN_ID, origin_id__isnull=False)
                | Q(origin=Origin.BY_HAND, origin_id__isnull=True),
                name="engagement_has_its_origin",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=ALWAYS_TIMED)
                | Q(starts_at__isnull=False, ends_at__gt=F("starts_at"), host__isnull=False),
                name="engagement_timed_has_time_and_host",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.CLOSED) | Q(outcome__in=Outcome.values, has_next_step__isnull=False),
                name="engagement_closed_has_outcome",
            ),
            models.CheckConstraint(
                condition=Q(rating__isnull=True) | Q(rating__gte=1, rating__lte=5, rated_at__isnull=False),
                name="engagement_rating_of_five",
            ),
            models.UniqueConstraint(
                fields=["cadence"], condition=Q(state__in=AHEAD), name="one_ahead_of_each_cadence"
            ),
            # A range of one number stands for "the same person": so no extension of PostgreSQL is needed.
            ExclusionConstraint(
                name="nobody_holds_two_at_once",
                expressions=[
                    (
                        Func(
                            Func(F("host"), function="int8"),
                            Func(F("host"), function="int8"),
                            Value("[]"),
                            function="int8range",
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                    (Func(F("starts_at"), F("ends_at"), function="tstzrange"), RangeOperators.OVERLAPS),
                ],
                condition=Q(state=State.SCHEDULED),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["account", "-changed_at", "-id"], name="engagement_of_account"),
            models.Index(fields=["host", "starts_at"], name="engagement_of_host"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return self.subject or str(self.get_kind_display())

    @property
    def is_reactive(self) -> bool:
        """Whether somebody asked for it, or something did."""
        return self.origin in REACTIVE

    @property
    def is_ahead(self) -> bool:
        return self.state in AHEAD

    @property
    def lasts_for(self) -> timedelta:
        return timedelta(minutes=self.lasts_minutes)

    def is_over_at(self, at: datetime) -> bool:
        """Whether its time has passed and nobody said yet whether it was held."""
        return self.state == State.SCHEDULED and self.ends_at is not None and self.ends_at <= at
