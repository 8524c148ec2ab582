from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keepwell.conversations.models import Conversation
from keepwell.conversations.queries import conversations_visible_to
from keepwell.customers.models import Account
from keepwell.customers.queries import sees_all


class Kind(models.TextChoices):
    """What is asked for."""

    ENGAGEMENT = "engagement", _("Time with us")
    SOFTWARE = "software", _("Additional software")
    LICENSING = "licensing", _("Licences")
    EXPANSION = "expansion", _("Expansion")
    CONTRACTING = "contracting", _("Contract")


class State(models.TextChoices):
    NEW = "new", _("New")
    TAKEN = "taken", _("In hand")
    DONE = "done", _("Done")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


OPEN_STATES = (State.NEW, State.TAKEN)


class EnquiryQuerySet(models.QuerySet["Enquiry"]):
    def visible_to(self, actor: Any) -> EnquiryQuerySet:
        """Staff who see accounts all; a customer those whose conversation he may read."""
        if sees_all(actor, "account.see"):
            return self.all()
        return self.filter(conversation__in=conversations_visible_to(actor))

    def still_open(self) -> EnquiryQuerySet:
        return self.filter(state__in=OPEN_STATES)

    def commercial(self) -> EnquiryQuerySet:
        """Whatever is for an account manager."""
        return self.exclude(kind=Kind.ENGAGEMENT)

    def for_list(self) -> EnquiryQuerySet:
        return self.select_related("account", "contact", "owner")


class Enquiry(models.Model):
    """Something that a customer asked for; his words stand in the conversation.

    `wanted` says more in a code where the kind has some, such as which engagement. `owner` is one of ours who
    answers, None where nobody looks after the account. Written by verbs only.
    """

    kind = models.CharField(_("what you ask for"), max_length=12, choices=Kind)
    wanted = models.CharField(max_length=16, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.NEW)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="enquiries")
    contact = models.ForeignKey(
        "keepwell_customers.Contact", on_delete=models.PROTECT, related_name="enquiries"
    )
    conversation = models.OneToOneField(Conversation, on_delete=models.PROTECT, related_name="enquiry")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="enquiries"
    )
    asked_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="enquiry_kind_known"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="enquiry_state_known"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["account", "-changed_at", "-id"], name="enquiry_of_account"),
            models.Index(
                fields=["owner", "-changed_at", "-id"],
                condition=Q(state__in=OPEN_STATES),
                name="enquiry_open_of_owner",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES
