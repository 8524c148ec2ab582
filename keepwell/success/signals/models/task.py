from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keepwell.customers.models import Account
from keepwell.customers.queries import sees_all
from keepwell.success.signals.models.playbook import PlaybookRun


class TaskState(models.TextChoices):
    OPEN = "open", _("Open")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")


class TaskQuerySet(models.QuerySet["Task"]):
    def visible_to(self, actor: Any) -> TaskQuerySet:
        """All of them for staff, none for anybody else."""
        return self.all() if sees_all(actor, "health.see") else self.none()

    def still_open(self) -> TaskQuerySet:
        return self.filter(state=TaskState.OPEN)


class Task(models.Model):
    """What one of ours is to do about an account until a day. No customer reads it.

    `owner` None: nobody looks after the account in that way. `run` is what made it, None for one by hand.
    `words` is "" once erased.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", db_index=False)
    run = models.ForeignKey(PlaybookRun, on_delete=models.PROTECT, null=True, related_name="tasks")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    words = models.CharField(_("what"), max_length=300, blank=True)
    due_on = models.DateField(_("until"))
    state = models.CharField(max_length=8, choices=TaskState, default=TaskState.OPEN)
    added_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["due_on", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(state__in=TaskState.values), name="task_state_known"),
            models.CheckConstraint(
                condition=Q(state=TaskState.OPEN, settled_at__isnull=True)
                | (~Q(state=TaskState.OPEN) & Q(settled_at__isnull=False)),
                name="task_settled_has_instant",
            ),
            models.CheckConstraint(
                condition=~Q(words="") | Q(erased_at__isnull=False), name="task_says_something"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["owner", "due_on"], condition=Q(state=TaskState.OPEN), name="task_open_of"),
            models.Index(fields=["account", "state", "due_on"], name="task_of_account"),
        ]

    def __str__(self) -> str:
        return self.words or str(_("Erased"))

    @property
    def is_open(self) -> bool:
        return self.state == TaskState.OPEN

    def is_late_on(self, on: date) -> bool:
        return self.is_open and self.due_on < on
