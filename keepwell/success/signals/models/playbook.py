from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keepwell.success.signals.models.rule import SignalRule
from keepwell.success.signals.models.signal import Signal
from keepwell.success.signals.steps import Step, steps_from


class Mode(models.TextChoices):
    AUTOMATIC = "automatic", _("By itself")
    ASKS = "asks", _("Once whose signal it is says yes")


class RunState(models.TextChoices):
    """WAITING for a yes; HELD_BACK: there was enough in that week; LAPSED: the signal ended before."""

    WAITING = "waiting", _("Waits for a yes")
    DONE = "done", _("Done")
    HELD_BACK = "held_back", _("Held back")
    DECLINED = "declined", _("Not wanted")
    LAPSED = "lapsed", _("The signal ended before")


class WhyNot(models.TextChoices):
    """Why a run, or a step of it, did not make anything."""

    ENOUGH_THIS_WEEK = "enough_this_week", _("There was enough at this customer in the week before")
    ONE_IS_AHEAD = "one_is_ahead", _("One of this kind is ahead already")


class Playbook(models.Model):
    """What is done when a rule opens a signal; `steps` as `steps.steps_to` wrote them.

    `number` counts its edits. `switched_off_at`: it begins nothing since then.
    """

    name = models.CharField(max_length=100)
    rule = models.ForeignKey(SignalRule, on_delete=models.PROTECT, related_name="playbooks")
    mode = models.CharField(max_length=10, choices=Mode, default=Mode.ASKS)
    steps = models.JSONField()
    number = models.PositiveIntegerField(default=1)
    shipped_as = models.CharField(max_length=40, blank=True)
    changed_at = models.DateTimeField()
    switched_off_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["name", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(name=""), name="playbook_has_a_name"),
            models.CheckConstraint(condition=Q(mode__in=Mode.values), name="playbook_mode_known"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_on(self) -> bool:
        return self.switched_off_at is None

    @property
    def all_steps(self) -> tuple[Step, ...]:
        return steps_from(self.steps)


class PlaybookRun(models.Model):
    """What a playbook, as of its `number`, did about one occurrence of a signal, once, and what came of it.

    `outcome` has an entry for each step: {"step", "made": noun or None, "id", "why_not"}. `why_not` says
    why the whole run made nothing. `by` is who said yes or no, None for what ran by itself.
    """

    playbook = models.ForeignKey(Playbook, on_delete=models.PROTECT, related_name="runs", db_index=False)
    signal = models.ForeignKey(Signal, on_delete=models.PROTECT, related_name="runs")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=RunState)
    why_not = models.CharField(max_length=20, choices=WhyNot, blank=True)
    outcome = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    begun_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-begun_at", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["playbook", "signal"], name="playbook_runs_once_for_a_signal"),
            models.CheckConstraint(condition=Q(state__in=RunState.values), name="playbook_run_state_known"),
            models.CheckConstraint(
                condition=Q(state=RunState.WAITING, settled_at__isnull=True)
                | (~Q(state=RunState.WAITING) & Q(settled_at__isnull=False)),
                name="playbook_run_settled_has_instant",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.playbook} for {self.signal_id}"

    @property
    def may_run(self) -> bool:
        """Whether somebody may still say yes to it."""
        return self.state in (RunState.WAITING, RunState.HELD_BACK)
