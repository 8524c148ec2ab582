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
    Min,
    Q,
    RowRange,
    Sum,
    Window,
)
from django.db.models.functions import Lead

from keepwell.cases.models import Escalation, LevelStay
from keepwell.cases.words import HandOffState
from keepwell.insight.work.first_contact import solved_at_first_contact
from keepwell.insight.work.scope import Scope
from keepwell.insight.work.volume import resolutions
from keepwell.journal.models import EntrySubject
from keepwell.service_levels.attainment import Share

# After these the case waits for somebody, or it is our turn, or there is nothing to do any more.
ON_CUSTOMER, ON_ENGINEERING, SCHEDULED = "case.wait_began", "case.engineering_wait_began", "case.scheduled"
OURS = ("case.opened", "case.taken_back", "case.reopened")
RESOLVED = "case.resolved"
ENDS = (RESOLVED, "case.withdrawn", "case.closed", "case.merged")
TURNS = (ON_CUSTOMER, ON_ENGINEERING, SCHEDULED, *OURS, *ENDS)
HIS_WORD = "message.received"
IS_TURN = Q(entry__kind__in=TURNS)
IN_ORDER: dict[str, Any] = {"partition_by": "subject_id", "order_by": ["entry__occurred_at", "entry_id"]}
LATER = RowRange(start=1, end=None)


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
    """Read once: from each turn to the next, and from his turn to his next word, if that comes first.

    Only his wait is ended by the customer's message. Ours is the rest of the time with work to do. What
    came after the last resolution in the window does not count. Spam is not asked about: what was marked
    by mistake stands as if it had never been.
    """
    subjects = EntrySubject.objects.filter(
        kind="case",
        subject_id__in=resolutions(scope).values("case"),
        entry__kind__in=(*TURNS, HIS_WORD),
        entry__occurred_at__lt=scope.window.ends_at,
    )
    told = subjects.annotate(
        what=F("entry__kind"),
        until_word=_lasted(Window(Lead("entry__occurred_at"), **IN_ORDER)),
        until_turn=_lasted(Window(Min("entry__occurred_at", filter=IS_TURN), **IN_ORDER, frame=LATER)),
        resolutions=Window(Count("entry", filter=Q(entry__kind=RESOLVED)), **IN_ORDER, frame=LATER),
    )
    found = told.filter(resolutions__gt=0).aggregate(
        customer=Sum("until_word", filter=Q(what=ON_CUSTOMER)),
        engineering=Sum("until_turn", filter=Q(what=ON_ENGINEERING)),
        scheduled=Sum("until_turn", filter=Q(what=SCHEDULED)),
        working=Sum("until_turn", filter=Q(what__in=(ON_CUSTOMER, ON_ENGINEERING, SCHEDULED, *OURS))),
    )
    spent = {name: lasted or timedelta(0) for name, lasted in found.items()}
    working = spent.pop("working")
    return Turns(**spent, ours=working - sum(spent.values(), timedelta(0)))


def _lasted(following: Any) -> ExpressionWrapper:
    return ExpressionWrapper(following - F("entry__occurred_at"), output_field=DurationField())


def _how(scope: Scope) -> dict[str, int]:
    return dict(resolutions(scope).values_list("how").annotate(n=Count("pk")))


def _reopened(scope: Scope) -> Share:
    found = resolutions(scope).aggregate(
        of=Count("case", distinct=True),
        count=Count("case", distinct=True, filter=Q(reopened_at__isnull=False)),
    )
    return Share(**found)
