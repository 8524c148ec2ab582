from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from keepwell.conversations.models.conversation import Conversation


class Direction(models.TextChoices):
    IN = "in", _("From the customer")
    OUT = "out", _("To the customer")


class Channel(models.TextChoices):
    FORM = "form", _("Form")
    PORTAL = "portal", _("Portal")
    EMAIL = "email", _("E-mail")
    PHONE = "phone", _("Phone")
    CHAT = "chat", _("Chat")
    API = "api", _("API")
    DESK = "desk", _("Desk")


class MessageState(models.TextChoices):
    PENDING = "pending", _("Leaves in a moment")
    SENT = "sent", _("Sent")
    RECEIVED = "received", _("Received")
    UNDONE = "undone", _("Taken back")
    FAILED = "failed", _("Could not be delivered")


# On these both sides are there at the same time.
LIVE_CHANNELS = frozenset({Channel.PHONE, Channel.CHAT})
# What the customer's side can read. A failed one was meant for the customer and stands in the portal.
READABLE_STATES = (MessageState.SENT, MessageState.RECEIVED, MessageState.FAILED)
# What stands in the thread that staff read: the text of one taken back has become a draft again.
STANDING_STATES = (MessageState.PENDING, *READABLE_STATES)


class Message(models.Model):
    """Words that the customer may read or has written: Markdown source, but for mail that came in.

    `happened_at` is its place in the line of time: when it came in, or when it left; until it leaves,
    when it was written. One without an author was written by the product itself. `about` keeps the
    subjects of its entries, so that leaving and failing are recorded on the same things as writing. It is
    `is_maybe_twice` where a mail server's answer was never heard, so that somebody may have got it twice.
    """

    conversation = models.ForeignKey(
        Conversation, on_delete=models.PROTECT, related_name="messages", db_index=False
    )
    # Without an index: only the erasure of a person asks by writer, and each message would pay for it.
    author_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    author_contact = models.ForeignKey(
        "keepwell_customers.Contact", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    direction = models.CharField(max_length=3, choices=Direction)
    channel = models.CharField(max_length=16, choices=Channel)
    state = models.CharField(max_length=16, choices=MessageState)
    body = models.TextField(blank=True)
    recipients = models.JSONField(default=list, blank=True)
    about = models.JSONField(default=list, blank=True)
    written_at = models.DateTimeField()
    happened_at = models.DateTimeField()
    release_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    is_maybe_twice = models.BooleanField(default=False)
    entered_later = models.BooleanField(default=False)
    redacted_at = models.DateTimeField(null=True, blank=True)
    redacted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(state=MessageState.RECEIVED, direction=Direction.IN)
                | models.Q(
                    state__in=[
                        MessageState.PENDING,
                        MessageState.SENT,
                        MessageState.UNDONE,
                        MessageState.FAILED,
                    ],
                    direction=Direction.OUT,
                ),
                name="message_state_fits_direction",
            ),
            models.CheckConstraint(
                condition=models.Q(channel__in=Channel.values), name="message_channel_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(state=MessageState.PENDING) | models.Q(release_at__isnull=False),
                name="message_pending_has_release",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=[MessageState.SENT, MessageState.FAILED])
                | models.Q(sent_at__isnull=False),
                name="message_sent_has_instant",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["conversation", "happened_at", "id"], name="message_line_of_time"),
            models.Index(
                fields=["release_at"],
                condition=models.Q(state=MessageState.PENDING),
                name="message_to_release",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.pk}"

    @property
    def is_live(self) -> bool:
        """Whether both sides were there at the same time."""
        return self.channel in LIVE_CHANNELS

    @property
    def is_markdown(self) -> bool:
        """Whether signs in the words mean anything; of a mail that came in each is what was typed."""
        return self.direction == Direction.OUT or self.channel != Channel.EMAIL

    @property
    def is_automatic(self) -> bool:
        """Whether the product wrote it by itself: such a message is never a contact."""
        return self.direction == Direction.OUT and self.author_user_id is None
