"""What a playbook does, step by step. Pure.

Written as JSON: {"do": "task", "words", "days", "whose"} or {"do": "engagement", "kind", "minutes", "days"}.
Days are working days from the run on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from keepwell.kit.refusals import Refused
from keepwell.success.engagements.models.kind import Kind
from keepwell.success.engagements.new_engagement import LONGEST_MINUTES, SHORTEST_MINUTES

MOST_STEPS, LONGEST_DAYS, LONGEST_WORDS = 8, 120, 300
WHOSE = ("success", "account")


class PlaybookRefused(Refused):
    """A playbook cannot be like this; `str()` says why."""


@dataclass(frozen=True, kw_only=True)
class TaskStep:
    """Something one of ours does within working days; `whose`: the success manager's or account manager's."""

    words: str | Promise
    days: int = 5
    whose: str = "success"


@dataclass(frozen=True, kw_only=True)
class EngagementStep:
    """An engagement is proposed, wanted within so many working days."""

    kind: str
    minutes: int = 60
    days: int = 10


Step = TaskStep | EngagementStep


def steps_to(steps: Sequence[Step]) -> list[dict[str, Any]]:
    return [
        {"do": "task", "words": str(step.words), "days": step.days, "whose": step.whose}
        if isinstance(step, TaskStep)
        else {"do": "engagement", "kind": str(step.kind), "minutes": step.minutes, "days": step.days}
        for step in steps
    ]


def steps_from(written: Sequence[Mapping[str, Any]]) -> tuple[Step, ...]:
    return tuple(
        TaskStep(words=one["words"], days=one["days"], whose=one["whose"])
        if one["do"] == "task"
        else EngagementStep(kind=one["kind"], minutes=one["minutes"], days=one["days"])
        for one in written
    )


def checked(steps: Sequence[Step]) -> tuple[Step, ...]:
    """The steps with their words in one line. Errors: PlaybookRefused."""
    if not 1 <= len(steps) <= MOST_STEPS:
        raise PlaybookRefused(
            _("A playbook has 1 to %(most)s steps. Nothing was saved.") % {"most": MOST_STEPS}
        )
    return tuple(
        _checked_task(step) if isinstance(step, TaskStep) else _checked_engagement(step) for step in steps
    )


def _checked_task(step: TaskStep) -> TaskStep:
    words = " ".join(str(step.words).replace("\x00", "").split())
    if not 0 < len(words) <= LONGEST_WORDS:
        raise PlaybookRefused(
            _("A task is said in 1 to %(most)s characters. Nothing was saved.") % {"most": LONGEST_WORDS}
        )
    if step.whose not in WHOSE:
        raise PlaybookRefused(
            _("A task is the success manager's or the account manager's. Nothing was saved.")
        )
    return TaskStep(words=words, days=_checked_days(step.days), whose=step.whose)


def _checked_engagement(step: EngagementStep) -> EngagementStep:
    if step.kind not in Kind.values:
        raise PlaybookRefused(_("There is no such kind of engagement. Nothing was saved."))
    if not SHORTEST_MINUTES <= step.minutes <= LONGEST_MINUTES:
        raise PlaybookRefused(
            _("An engagement lasts from %(least)s to %(most)s minutes. Nothing was saved.")
            % {"least": SHORTEST_MINUTES, "most": LONGEST_MINUTES}
        )
    return EngagementStep(kind=step.kind, minutes=step.minutes, days=_checked_days(step.days))


def _checked_days(days: int) -> int:
    if not 0 <= days <= LONGEST_DAYS:
        raise PlaybookRefused(
            _("A step is due within 0 to %(most)s working days. Nothing was saved.") % {"most": LONGEST_DAYS}
        )
    return days
