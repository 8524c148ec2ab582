from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keepwell.channels.models.imap_account import ImapAccount


class Fetching(models.TextChoices):
    """What became of a mail in a folder of somebody's mail server."""

    WAITING = "waiting", _("Will be fetched")
    KEPT = "kept", _("Kept here")
    LEFT = "left", _("Arrived before mail was to be taken; left where it is")
    GIVEN_UP = "given_up", _("Cannot be fetched; it is on the mail server, and only there")


class RemoteMail(models.Model):
    """One mail in the folder, by its number there, for as long as it is in that folder.

    `tries` counts how often fetching it was begun; one that waits is begun again at `try_again_at`, and
    given up after the last. `why` is a sentence about the last failure.
    """

    account = models.ForeignKey(ImapAccount, on_delete=models.CASCADE, related_name="remote", db_index=False)
    uid = models.BigIntegerField()
    state = models.CharField(max_length=8, choices=Fetching, default=Fetching.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    try_again_at = models.DateTimeField()
    why = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["account", "uid"], name="remote_mail_once"),
            models.CheckConstraint(condition=Q(state__in=Fetching.values), name="remote_mail_state_known"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["account"], condition=~Q(state__in=["kept", "left"]), name="remote_mail_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}/{self.uid}"
