from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from keepwell.cases.models import Case
from keepwell.conversations.queries import sees_all
from keepwell.customers.models import Account
from keepwell.journal.models import Entry
from keepwell.notices.happenings import Happening


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, actor: Any) -> NoticeQuerySet:
        """His own; of what he may not see any more, nothing."""
        own = self.filter(user=actor.pk) if actor.actor_ref[0] == "person" else self.none()
        if sees_all(actor):
            return own
        return own.filter(case__in=Case.objects.visible_to(actor))

    def unread(self) -> NoticeQuerySet:
        return self.filter(read_at=None)

    def for_list(self) -> NoticeQuerySet:
        """With all that a line says, in one query."""
        return self.select_related("entry", "case__account", "account")


class Notice(models.Model):
    """One entry of the journal that concerns one person; the constraint makes it once.

    What is about no case may be about another thing of an account, named by `noun` and the id `thing`.
    `rings`: the bell counts it until it is read. Where he wants no bell it only waits to leave the house.
    """

    # Without a constraint in the database, as at the subjects of entries: its check would take a right to
    # update entries, which nobody has.
    entry = models.ForeignKey(
        Entry, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices", db_index=False
    )
    case = models.ForeignKey(Case, on_delete=models.CASCADE, null=True, related_name="+")
    account = models.ForeignKey(
        Account, on_delete=models.CASCADE, null=True, related_name="+", db_index=False
    )
    noun = models.CharField(max_length=20, blank=True)
    thing = models.BigIntegerField(null=True)
    happening = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Happening])
    is_high = models.BooleanField(default=False)
    rings = models.BooleanField(default=True)
    happened_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["entry", "user"], name="noticed_once"),
            models.CheckConstraint(
                condition=Q(happening__in=[one.value for one in Happening]), name="happening_known"
            ),
            models.CheckConstraint(
                condition=Q(noun="", thing__isnull=True)
                | (~Q(noun="") & Q(thing__isnull=False, case__isnull=True)),
                name="notice_about_one_thing",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["user", "-id"], condition=Q(rings=True), name="notice_list"),
            models.Index(fields=["user", "-id"], condition=Q(rings=True, read_at=None), name="notice_unread"),
            models.Index(fields=["happened_at"], name="notice_age"),
        ]

    def __str__(self) -> str:
        return f"{self.happening} for {self.user_id}"
