from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Lower, Replace
from django.utils.translation import gettext_lazy as _

from keepwell.people import permits


class Purpose(models.TextChoices):
    """Why a mail is sent; it decides who goes first when not all may leave."""

    CODE = "code", _("Code")
    FIRST = "first", _("Code to an address that nobody has confirmed")
    RECEIPT = "receipt", _("Receipt")
    REPLY = "reply", _("Reply")
    NOTICE = "notice", _("Notice")
    OTHER = "other", _("Other")


# The lower goes first.
URGENCY: dict[str, int] = {
    Purpose.CODE: 0,
    Purpose.RECEIPT: 1,
    Purpose.FIRST: 1,
    Purpose.REPLY: 2,
    Purpose.NOTICE: 3,
    Purpose.OTHER: 3,
}


# Whoever reads one of these could sign in, or follow a case, as somebody else.
WITH_A_CODE = (Purpose.CODE, Purpose.FIRST)


class State(models.TextChoices):
    QUEUED = "queued", _("Waiting")
    HELD = "held", _("Held back")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


WAITING = (State.QUEUED, State.HELD)


class HeldFor(models.TextChoices):
    """Which budget a held mail waits for."""

    ADDRESS = "address", _("too many to this address within an hour")
    DOMAIN = "domain", _("too many to this domain within an hour")
    ALL = "all", _("too many in all within an hour")


class OutgoingQuerySet(models.QuerySet["Outgoing"]):
    def visible_to(self, actor: Any) -> OutgoingQuerySet:
        """All of it for those who may read the outbox, nothing for anybody else."""
        return self.all() if permits.may(actor, "outbox.read") else self.none()

    def listed(self) -> OutgoingQuerySet:
        """Without the mail itself, which a list does not need."""
        return self.defer("raw")

    def waiting(self) -> OutgoingQuerySet:
        return self.filter(state__in=WAITING)

    def to(self, address: str) -> OutgoingQuerySet:
        return self.annotate(to_lower=Lower("to_address")).filter(to_lower=address.lower())

    def to_domain(self, domain: str) -> OutgoingQuerySet:
        return self.filter(to_address__iendswith=f"@{domain}")

    def naming(self, address: str) -> OutgoingQuerySet:
        """Mail to this address and mail that names it anywhere in its text."""
        text = Func(F("raw"), Value("escape"), function="encode", output_field=models.TextField())
        # A quoted-printable body breaks long lines with "=", and an address with them.
        unbroken = Replace(text, Value("=\r\n"), Value(""), output_field=models.TextField())
        is_named = Q(to_address__iexact=address) | Q(subject__icontains=address) | Q(text__icontains=address)
        return self.alias(text=unbroken).filter(is_named)


class Outgoing(models.Model):
    """One mail to one address. A mail to three people is three rows with one Message-ID.

    `raw` is the mail as it is handed over, empty once it was forgotten. `is_maybe_twice`: the server's
    answer to a try was never heard, so that the mail may have arrived twice. `about` holds (noun, id) pairs.
    It is tried for `lasts_for` from `queued_at`, which is later than `created_at` if somebody had it tried
    again.
    """

    to_address = models.CharField(max_length=254)
    subject = models.CharField(max_length=998)
    raw = models.BinaryField()
    message_id = models.CharField(max_length=255)
    return_path = models.CharField(max_length=254, blank=True)
    purpose = models.CharField(max_length=10, choices=Purpose)
    urgency = models.SmallIntegerField()
    about = models.JSONField(default=list)

    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    held_for = models.CharField(max_length=10, choices=HeldFor, blank=True)
    attempts = models.IntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)
    transport = models.CharField(max_length=10, blank=True)
    is_maybe_twice = models.BooleanField(default=False)

    created_at = models.DateTimeField()
    queued_at = models.DateTimeField()
    lasts_for = models.DurationField()
    handed_over_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    forgotten_at = models.DateTimeField(null=True)

    objects = OutgoingQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="outgoing_state_known"),
            models.CheckConstraint(condition=Q(purpose__in=Purpose.values), name="outgoing_purpose_known"),
            models.CheckConstraint(
                condition=Q(next_attempt_at__isnull=False) | ~Q(state__in=WAITING),
                name="outgoing_waits_for_an_instant",
            ),
            models.CheckConstraint(
                condition=Q(held_for="") | Q(state=State.HELD), name="outgoing_held_for_a_reason"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["urgency", "next_attempt_at", "id"],
                name="outgoing_waiting",
                condition=Q(state__in=WAITING),
            ),
            models.Index(fields=["id"], name="outgoing_sending", condition=Q(state=State.SENDING)),
            models.Index(fields=["state", "id"], name="outgoing_state"),
            models.Index(fields=["handed_over_at"], name="outgoing_handed_over"),
            models.Index(Lower("to_address"), "handed_over_at", name="outgoing_address"),
            models.Index(fields=["message_id"], name="outgoing_message_id"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.purpose} {self.state}"

    @property
    def to_domain(self) -> str:
        return self.to_address.rpartition("@")[2].lower()

    @property
    def given_up_at(self) -> datetime:
        """From this instant on nobody tries any more."""
        return self.queued_at + self.lasts_for

    @property
    def subjects(self) -> list[tuple[str, int]]:
        """What entries about this mail are about: itself, and what it was sent for."""
        return [("outgoing", self.pk), *((noun, identity) for noun, identity in self.about)]
