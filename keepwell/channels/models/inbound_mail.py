from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keepwell.cases.models import Case
from keepwell.channels.email.parsed import ParsedMail, from_json
from keepwell.channels.models.raw_mail import RawMail
from keepwell.conversations.models import Message
from keepwell.conversations.queries import sees_all
from keepwell.customers.models import Contact


class MailState(models.TextChoices):
    """How far a mail is understood."""

    RECEIVED = "received", _("Waits to be read")
    PLACED = "placed", _("Stands in its case")
    HELD = "held", _("Held: somebody has to look at it")
    PARKED = "parked", _("Put aside: no person wrote it")
    UNPARSED = "unparsed", _("Could not be read; stands in a case with its original")
    QUARANTINED = "quarantined", _("Set aside: working on it failed again and again")


class InboundMailQuerySet(models.QuerySet["InboundMail"]):
    def visible_to(self, actor: Any) -> InboundMailQuerySet:
        """All of it for staff, nothing for anybody else."""
        return self.all() if sees_all(actor) else self.none()


class InboundMail(models.Model):
    """What is known of a mail that came in, and what became of it.

    `parsed` is the record that the child gave, all that was written included; None until it was read, where
    it could not be, and once it is forgotten. `tries` counts how often work on it was begun; at
    `try_again_at` it is begun again if nothing has ended it by then. `own_id` is its Message-ID, `thread`
    the thread that Outlook counts it to. `decision` is a code, `why` the same in words. One that is held or
    put aside may have a case that it stands beside, and no message. `contact` is whose address its From line
    has, whether he wrote it or not. `left_out` are sentences about files that
    were not taken.
    """

    raw = models.OneToOneField(RawMail, on_delete=models.PROTECT, related_name="inbound")
    state = models.CharField(max_length=12, choices=MailState, default=MailState.RECEIVED)
    tries = models.PositiveSmallIntegerField(default=0)
    try_again_at = models.DateTimeField(null=True)
    parsed = models.JSONField(null=True)
    own_id = models.CharField(max_length=998, blank=True)
    thread = models.CharField(max_length=44, blank=True)
    decision = models.CharField(max_length=40, blank=True)
    why = models.TextField(blank=True)
    left_out = models.JSONField(default=list)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="+")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, null=True, related_name="+")
    message = models.ForeignKey(Message, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()

    objects = InboundMailQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(state__in=MailState.values), name="inbound_mail_state_known"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["try_again_at"],
                condition=Q(state=MailState.RECEIVED),
                name="inbound_mail_to_understand",
            ),
            models.Index(fields=["own_id"], condition=~Q(own_id=""), name="inbound_mail_message_id"),
            models.Index(fields=["thread"], condition=~Q(thread=""), name="inbound_mail_thread"),
            models.Index(
                fields=["-changed_at"],
                condition=Q(state__in=[MailState.HELD, MailState.UNPARSED, MailState.QUARANTINED]),
                name="inbound_mail_to_look_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.pk}"

    @property
    def said(self) -> ParsedMail | None:
        """What it says; None where it was not, or could not be, read, or is forgotten."""
        return from_json(self.parsed) if self.parsed else None
