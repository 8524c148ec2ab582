from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from keepwell.customers.models import Account, Contact
from keepwell.customers.queries import sees_all
from keepwell.success.signals.models.rule import SignalRule, SignalRuleVersion
from keepwell.success.signals.terms import Severity
from keepwell.usage.models import Source

SEVERITIES = [
    (Severity.HIGH.value, _("High")),
    (Severity.MEDIUM.value, _("Medium")),
    (Severity.LOW.value, _("Low")),
]


class SignalState(models.TextChoices):
    """CLEARED: its subject recovered or left us; RESOLVED: it was dealt with; DISMISSED: it was nothing."""

    OPEN = "open", _("Open")
    ACKNOWLEDGED = "acknowledged", _("Being dealt with")
    SNOOZED = "snoozed", _("Put off")
    CLEARED = "cleared", _("Cleared by itself")
    RESOLVED = "resolved", _("Dealt with")
    DISMISSED = "dismissed", _("Dismissed")


class Dismissal(models.TextChoices):
    """Why a signal is dismissed; the first alone counts against its rule."""

    NOT_TRUE = "not_true", _("It is not true")
    KNOWN = "known", _("We know, and it is meant to be so")
    NOT_WORTH_IT = "not_worth_it", _("It is true, but not worth anything now")
    SAID_ELSEWHERE = "said_elsewhere", _("Another signal says the same")


OPEN_STATES = (SignalState.OPEN, SignalState.ACKNOWLEDGED, SignalState.SNOOZED)
ENDED_STATES = (SignalState.CLEARED, SignalState.RESOLVED, SignalState.DISMISSED)
# What counts in the budget of its owner: what is put off does not ask for anything now.
ASKING_STATES = (SignalState.OPEN, SignalState.ACKNOWLEDGED)


class SignalQuerySet(models.QuerySet["Signal"]):
    def visible_to(self, actor: Any) -> SignalQuerySet:
        """All of it for staff, nothing for anybody else: customers see nothing of signals."""
        return self.all() if sees_all(actor, "health.see") else self.none()

    def still_open(self) -> SignalQuerySet:
        return self.filter(state__in=OPEN_STATES)

    def asking(self) -> SignalQuerySet:
        """Open, and not put off."""
        return self.filter(state__in=ASKING_STATES)

    def for_list(self) -> SignalQuerySet:
        return self.select_related("rule", "account", "contact", "source", "owner")


class Signal(models.Model):
    """Something about a subject that somebody is to look at: one occurrence of it.

    The subject is an account, a person there (`contact`), or a source of usage data, which has no account.
    `key` names the subject and what its rule shares with others: one is open under it at a time. `version`
    is that of the rule it was opened under; `as_of` the instant of the readings in `evidence`, which is as
    `evidence.evidence_to` wrote it. `acted_on_at`: since when somebody deals with it, or a playbook ran.
    `words` is what was written when it was dismissed, "" once erased. Written by verbs only.
    """

    rule = models.ForeignKey(SignalRule, on_delete=models.PROTECT, related_name="signals", db_index=False)
    version = models.ForeignKey(SignalRuleVersion, on_delete=models.PROTECT, related_name="+", db_index=False)
    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, null=True, related_name="+")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, related_name="+")
    key = models.CharField(max_length=120)
    severity = models.PositiveSmallIntegerField(choices=SEVERITIES)
    state = models.CharField(max_length=12, choices=SignalState, default=SignalState.OPEN)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    evidence = models.JSONField()
    as_of = models.DateTimeField()
    opened_at = models.DateTimeField()
    acted_on_at = models.DateTimeField(null=True)
    snoozed_until_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    dismissed_as = models.CharField(max_length=16, choices=Dismissal, blank=True)
    words = models.TextField(blank=True)

    objects = SignalQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["key"], condition=Q(state__in=OPEN_STATES), name="signal_open_once_by_key"
            ),
            models.UniqueConstraint(
                fields=["rule", "account"],
                condition=Q(state__in=OPEN_STATES, account__isnull=False, contact__isnull=True),
                name="signal_open_once_of_account",
            ),
            models.UniqueConstraint(
                fields=["rule", "account", "contact"],
                condition=Q(state__in=OPEN_STATES, contact__isnull=False),
                name="signal_open_once_of_person",
            ),
            models.UniqueConstraint(
                fields=["rule", "source"],
                condition=Q(state__in=OPEN_STATES, source__isnull=False),
                name="signal_open_once_of_source",
            ),
            models.CheckConstraint(
                condition=Q(account__isnull=False, source__isnull=True)
                | Q(account__isnull=True, contact__isnull=True, source__isnull=False),
                name="signal_has_one_subject",
            ),
            models.CheckConstraint(condition=Q(state__in=SignalState.values), name="signal_state_known"),
            models.CheckConstraint(condition=Q(severity__in=[1, 2, 3]), name="signal_severity_known"),
            models.CheckConstraint(
                condition=Q(state__in=ENDED_STATES, ended_at__isnull=False)
                | Q(state__in=OPEN_STATES, ended_at__isnull=True),
                name="signal_ended_has_instant",
            ),
            models.CheckConstraint(
                condition=Q(state=SignalState.SNOOZED, snoozed_until_at__isnull=False)
                | (~Q(state=SignalState.SNOOZED) & Q(snoozed_until_at__isnull=True)),
                name="signal_snoozed_until_an_instant",
            ),
            models.CheckConstraint(
                condition=Q(state=SignalState.DISMISSED, dismissed_as__in=Dismissal.values)
                | (~Q(state=SignalState.DISMISSED) & Q(dismissed_as="")),
                name="signal_dismissed_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("opened_at")),
                name="signal_ends_after_it_opens",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["account", "-opened_at", "-id"], name="signal_of_account"),
            models.Index(
                fields=["owner", "-severity", "-opened_at", "-id"],
                condition=Q(state__in=OPEN_STATES),
                name="signal_open_of_owner",
            ),
            models.Index(
                fields=["-severity", "-opened_at", "-id"],
                condition=Q(state__in=OPEN_STATES),
                name="signal_open",
            ),
            models.Index(fields=["rule", "state"], name="signal_of_rule"),
            models.Index(fields=["key", "-ended_at"], name="signal_ended_by_key"),
        ]

    def __str__(self) -> str:
        return self.rule.name

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def subject(self) -> Any:
        """Whom it is about, to be named: a person, a source, or the account."""
        return self.contact or self.source or self.account

    def is_snoozed_at(self, at: datetime) -> bool:
        return self.snoozed_until_at is not None and self.snoozed_until_at > at
