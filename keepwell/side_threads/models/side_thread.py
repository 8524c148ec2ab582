from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keepwell.cases.models import Case
from keepwell.conversations.queries import sees_all


class SideState(models.TextChoices):
    WAITING = "waiting", _("Waits for them")
    OPEN = "open", _("They answered")
    ENDED = "ended", _("Ended")


class SideThreadQuerySet(models.QuerySet["SideThread"]):
    def visible_to(self, actor: Any) -> SideThreadQuerySet:
        """Staff who may see cases; for a customer, or whoever was asked, there is nothing here."""
        return self.all() if sees_all(actor) else self.none()


class SideThread(models.Model):
    """A question to somebody outside, beside a case; `subject` is that of its mails.

    It waits after our word and is open after theirs, until somebody ends it. Its case is the one that lives:
    where that was merged into another, the other. Written by verbs only.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="side_threads")
    subject = models.CharField(_("subject"), max_length=250)
    state = models.CharField(max_length=8, choices=SideState, default=SideState.WAITING)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    begun_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = SideThreadQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(state__in=SideState.values), name="side_state_known"),
            models.CheckConstraint(condition=~Q(subject=""), name="side_thread_has_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.pk}"

    @property
    def is_ended(self) -> bool:
        return self.state == SideState.ENDED
