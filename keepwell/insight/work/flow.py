"""How cases go through levels and states, for whom they wait, and what comes of them: counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import (
    Aggregate,
    Count,
    DurationField,
    ExpressionWrapper,
    F,
    Q,
    Sum,
)

from keepwell.cases.models import Closure, Escalation, LevelStay
from keepwell.cases.turns import Turn
from keepwell.cases.words import HandOffState
from keepwell.insight.work.first_contact import solved_at_first_contact
from keepwell.insight.work.scope import Scope
from keepwell.insight.work.volume import resolutions
from keepwell.service_levels.attainment import Share


class Percentile(Aggregate):
    """PostgreSQL's percentile_cont: between two values where none is it. part: 0.5 the median."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(%(part)s) WITHIN GROUP (ORDER BY %(expressions)s)"


@dataclass(frozen=True, kw_only=True)
class HandOffs:
    """Of the hand-offs from one level to another that were asked for: cases, each once in each number."""

    asked: int
    accepted: int
    returned: int
    taken_back: int
    waiting: int


@dataclass(frozen=True, kw_only=True)
class Stays:
    ended: int
    median: timedelta
    ninetieth: timedelta


@dataclass(frozen=True, kw_only=True)
class Turns:
    """Elapsed time of the cases resolved in the window, by whose turn it was."""

    customer: timedelta
    engineering: timedelta
    scheduled: timedelta
    ours: timedelta

    @property
    def all(self) -> timedelta:
        return self.customer + self.engineering + self.scheduled + self.ours


@dataclass(frozen=True, kw_only=True)
class Flow:
    """hand_offs: by (from level, to level), and of all of them; stays: by level; how: resolutions by how."""

    hand_offs: Mapping[tuple[int, int], HandOffs]
    all_hand_offs: HandOffs
    stays: Mapping[int, Stays]
    turns: Turns
    how: Mapping[str, int]
    reopened: Share
    first_contact: Share


def flow_of(scope: Scope) -> Flow:
    reopened = _reopened(scope)
    return Flow(
        hand_offs=_hand_offs(scope),
        all_hand_offs=HandOffs(**escalations(scope).aggregate(**_by_answer())),
        stays=_stays(scope),
        turns=_turns(scope),
        how=_how(scope),
        reopened=reopened,
        first_contact=Share(count=solved_at_first_contact(scope).count(), of=reopened.of),
    )


def escalations(scope: Scope) -> Any:
    """The hand-offs that were asked for in the window."""
    return Escalation.objects.filter(scope.within("requested_at"), scope.holds()).order_by()


def resolved_cases(scope: Scope) -> Any:
    """The cases that were resolved in the window, each once, whatever became of them since."""
    return scope.cases().filter(pk__in=resolutions(scope).values("case"))


def reopened_cases(scope: Scope) -> Any:
    """Of these, those of which one resolution of the window was undone by now."""
    return scope.cases().filter(pk__in=resolutions(scope).filter(reopened_at__isnull=False).values("case"))


def _by_answer() -> dict[str, Count]:
    def cases(condition: Q | None = None) -> Count:
        return Count("case", distinct=True, filter=condition)

    return {
        "asked": cases(),
        "accepted": cases(Q(accepted_at__isnull=False)),
        "returned": cases(Q(state=HandOffState.RETURNED)),
        "taken_back": cases(Q(state=HandOffState.TAKEN_BACK)),
        "waiting": cases(Q(state=HandOffState.REQUESTED)),
    }


def _hand_offs(scope: Scope) -> dict[tuple[int, int], HandOffs]:
    rows: Any = escalations(scope).values("from_level", "to_level").annotate(**_by_answer())
    return {(row.pop("from_level"), row.pop("to_level")): HandOffs(**row) for row in rows}


def _stays(scope: Scope) -> dict[int, Stays]:
    ended = LevelStay.objects.filter(scope.within("left_at"), scope.holds()).order_by()
    lasted = ExpressionWrapper(F("left_at") - F("entered_at"), output_field=DurationField())
    rows: Any = ended.values("level").annotate(
        ended=Count("pk"), median=Percentile(lasted, part=0.5), ninetieth=Percentile(lasted, part=0.9)
    )
    return {row.pop("level"): Stays(**row) for row in rows}


def _turns(scope: Scope) -> Turns:
    """Of each case until its last resolution in the window."""
    found = resolutions(scope).order_by("case", "-ended_at", "-pk").distinct("case")
    last = Closure.objects.filter(pk__in=found.values("pk"))
    spent = last.aggregate(**{turn.name.lower(): Sum(turn.value) for turn in Turn})
    return Turns(**{name: lasted or timedelta(0) for name, lasted in spent.items()})


def _how(scope: Scope) -> dict[str, int]:
    return dict(resolutions(scope).values_list("how").annotate(n=Count("pk")))


def _reopened(scope: Scope) -> Share:
    found = resolutions(scope).aggregate(
        of=Count("case", distinct=True),
        count=Count("case", distinct=True, filter=Q(reopened_at__isnull=False)),
    )
    return Share(**found)
