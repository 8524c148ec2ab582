from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from keepwell.cases.models import Case
from keepwell.channels.email.parsed import ParsedMail, from_json
from keepwell.channels.models.raw_mail import RawMail
from keepwell.conversations.models import Message
from keepwell.conversations.queries import sees_all
from keepwell.customers.models import Contact
from keepwell.side_threads.models import SideMessage, SideThread


class MailState(models.TextChoices):
    """How far a mail is understood."""

    RECEIVED = "received", _("Waits to be read")
    PLACED = "placed", _("Stands in its case")
    HELD = "held", _("Held: somebody has to look at it")
    PARKED = "parked", _("Put aside: no person wrote it")
    SPAM = "spam", _("Spam, said by one of us")
    UNPARSED = "unparsed", _("Could not be read; stands in a case with its original")
    QUARANTINED = "quarantined", _("Set aside: working on it failed again and again")


# The condition of an index, to be said in these words.
TO_LOOK_AT = Q(state__in=[MailState.HELD, MailState.UNPARSED, MailState.QUARANTINED])
PUT_ASIDE = Q(state__in=[MailState.PARKED, MailState.SPAM])
# These stand in no case yet, and can be let in.
WAITING_STATES = (MailState.HELD, MailState.QUARANTINED, MailState.PARKED, MailState.SPAM)


class InboundMailQuerySet(models.QuerySet["InboundMail"]):
    def visible_to(self, actor: Any) -> InboundMailQuerySet:
        """All of it for staff, nothing for anybody else."""
        return self.all() if sees_all(actor) else self.none()

    def not_forgotten(self) -> InboundMailQuerySet:
        return self.filter(raw__forgotten_at__isnull=True)

    def needing_attention(self) -> InboundMailQuerySet:
        """Somebody has to look: at those held, set aside, or not read while their case is open."""
        is_open = Q(case__in=Case.objects.open())
        return self.not_forgotten().filter(TO_LOOK_AT, ~Q(state=MailState.UNPARSED) | is_open)

    def for_list(self) -> InboundMailQuerySet:
        """With subject, address and name as it says them (`said_...`), without all else that it says.

        Of a mail that one of us passed on they are those of that mail.
        """
        said = {
            f"said_{name}": Coalesce(KT(f"parsed__forwarded__{within}"), KT(f"parsed__{path}"))
            for name, within, path in (
                ("subject", "subject", "subject"),
                ("address", "author__address", "from_addresses__0__address"),
                ("name", "author__name", "from_addresses__0__name"),
            )
        }
        return self.defer("parsed", "raw__content").annotate(**said).select_related("raw", "case")


class InboundMail(models.Model):
    """What is known of a mail that came in, and what became of it.

    `parsed` is the record that the child gave, all that was written included; None until it was read, where
    it could not be, and once it is forgotten. `tries` counts how often work on it was begun; at
    `try_again_at` it is begun again if nothing has ended it by then. `own_id` is its Message-ID, `thread`
    the thread that Outlook counts it to. `decision` is a code, `why` the same in words. One that is held or
    put aside may have a case that it stands beside, and no message. One that names a side thread has that and
    never a message of the case's conversation: the customer reads that one. `contact` is whose address its
    From line has, whether he wrote it or not; `proof` is how far that was proven when it was decided about.
    `left_out` are sentences about files that were not taken.
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
    proof = models.CharField(max_length=10, blank=True)
    left_out = models.JSONField(default=list)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="+")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, null=True, related_name="+")
    message = models.ForeignKey(Message, on_delete=models.PROTECT, null=True, related_name="+")
    side_thread = models.ForeignKey(
        SideThread, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    side_message = models.ForeignKey(
        SideMessage, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    changed_at = models.DateTimeField()

    objects = InboundMailQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(state__in=MailState.values), name="inbound_mail_state_known"),
            models.CheckConstraint(
                condition=Q(message__isnull=True) | Q(side_thread__isnull=True, side_message__isnull=True),
                name="inbound_mail_in_one_place",
            ),
            models.CheckConstraint(
                condition=Q(side_message__isnull=True) | Q(side_thread__isnull=False),
                name="inbound_mail_of_its_side_thread",
            ),
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
                fields=["side_thread"], condition=Q(side_thread__isnull=False), name="inbound_mail_aside"
            ),
            models.Index(
                fields=["side_message"],
                condition=Q(side_message__isnull=False),
                name="inbound_mail_side_message",
            ),
            models.Index(fields=["-changed_at", "-id"], condition=TO_LOOK_AT, name="inbound_mail_to_look_at"),
            models.Index(fields=["-changed_at", "-id"], condition=PUT_ASIDE, name="inbound_mail_put_aside"),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.pk}"

    @property
    def is_waiting(self) -> bool:
        """Whether it stands in no case and no side thread yet, and can be let into one."""
        is_nowhere = self.message_id is None and self.side_message_id is None
        return self.state in WAITING_STATES and is_nowhere

    @property
    def said(self) -> ParsedMail | None:
        """What it says; None where it was not, or could not be, read, or is forgotten."""
        return from_json(self.parsed) if self.parsed else None
