"""Which cases to work on next, by consequence, among those that come into question.

All open cases in this order would mean to look at all of them. Looked at are those that have been late for
longest, those due next, the grave ones due next, and those nobody has touched for longest: whatever is first
by consequence is among these, or as good as the last of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import numpy as np
from django.db.models import Q, Value, When, expressions

from keepwell.calendars.compiled import working_time_of
from keepwell.calendars.models import CalendarVersion
from keepwell.cases.levels import LAST, may_work_at
from keepwell.cases.models import OPEN, Case, CaseQuerySet
from keepwell.cases.severities import Severity
from keepwell.cases.states import State
from keepwell.people.models import User
from keepwell.service_levels import clock_state
from keepwell.service_levels.consequence import (
    RISING,
    Part,
    Promise,
    Reason,
    Stakes,
    at_stake,
    floor_of,
    loss_reason,
    silence_reason,
)
from keepwell.service_levels.consumption import Begun, used_by
from keepwell.service_levels.models import Clock
from keepwell.service_levels.queries import worklist
from keepwell.service_levels.staking import known_stakes
from keepwell.service_levels.terms import FOLLOW_UP, INITIAL_CONTACT

# Work to do is with us; what waits for the customer or for a day has its turn when that is over.
WITH_US = Q(state__in=[State.NEW.value, State.OPEN.value, State.WAITING_ON_ENGINEERING.value])
IS_WITH_US = expressions.Case(When(OPEN & WITH_US, then=Value(True)), default=Value(False))
BY_DUE = ("standing__next_due_at", "standing__case_id")
LATE, SOON, GRAVE, QUIET = 100, 100, 60, 60
# Among so many that are due next the grave ones are looked for: a search through all would read all cases.
AHEAD = 300
CONTACTS = (INITIAL_CONTACT, FOLLOW_UP)
CLOCK = (
    "case_id",
    "metric",
    "severity",
    "due_at",
    "state",
    "policy_version__policy_id",
    "case__product_id",
    "case__account__segment",
    "case__channel",
    "calendar_version_id",
    "unit",
    "started_at",
    "allowed_seconds",
    "paused_seconds",
)
Narrowing = Callable[[CaseQuerySet], CaseQuerySet]


@dataclass(frozen=True, kw_only=True)
class Ranked:
    """A case with its place: the larger the priority, the sooner. `reason` says why it stands there."""

    case: int
    priority: float
    reason: Reason


class _Candidate(NamedTuple):
    case: int
    severity: str
    opened_at: datetime


class _Running(NamedTuple):
    """A clock that runs on a candidate, or is late."""

    case: int
    promise: Promise
    part: Part
    due_at: datetime
    used: float
    is_missed: bool
    started_at: datetime


def next_best(
    actor: Any, limit: int, *, at: datetime, narrowed: Narrowing = lambda cases: cases
) -> list[Ranked]:
    """Up to so many of the cases that the actor may see and somebody could work on, the best one first.

    narrowed: to some of them, for instance to `free_for`. Of equals the older comes first. Three queries.
    """
    candidates = _candidates(actor, narrowed, at)
    running = _running([one.case for one in candidates], at)
    ranked = _ranked(candidates, running, known_stakes())
    return ranked[:limit]


def free_for(user: User) -> Narrowing:
    """To cases that are his or nobody's, of levels he works at."""
    levels = [level for level in range(1, LAST + 1) if may_work_at(level, user.roles)]
    his = Q(assignee=user) | Q(assignee__isnull=True)
    return lambda cases: cases.filter(his, level__in=levels)


def _candidates(actor: Any, narrowed: Narrowing, at: datetime) -> list[_Candidate]:
    due: Any = worklist(actor)
    cases = narrowed(due.not_merged().awake())
    # Hidden in an expression: of "open" PostgreSQL expects few rows, and would sort them all.
    by_due = cases.alias(is_to_do=IS_WITH_US).filter(is_to_do=True).order_by(*BY_DUE)
    soon = by_due.filter(standing__next_due_at__gte=at)
    parts = [
        by_due.filter(standing__next_due_at__lt=at)[:LATE],
        soon[:SOON],
        cases.filter(pk__in=soon.values("pk")[:AHEAD], severity=Severity.HIGH.value).order_by(*BY_DUE)[
            :GRAVE
        ],
        _quiet(narrowed(Case.objects.visible_to(actor).not_merged().awake())),
    ]
    first, *others = [part.values_list("pk", "severity", "opened_at") for part in parts]
    return [_Candidate(*row) for row in first.union(*others)]


def _quiet(cases: Any) -> Any:
    """Of open cases the index has the order. Not of the worklist: all open ones are on it, and with a second
    table PostgreSQL reads all of them and sorts."""
    to_do = cases.filter(OPEN).alias(is_to_do=IS_WITH_US).filter(is_to_do=True)
    return to_do.order_by("changed_at", "pk")[:QUIET]


def _running(cases: list[int], at: datetime) -> list[_Running]:
    open_ones = Clock.objects.filter(case__in=cases, ended_at=None).exclude(state=clock_state.PAUSED)
    return [_read(row, at) for row in open_ones.order_by("case", "started_at", "pk").values_list(*CLOCK)]


def _read(row: tuple[Any, ...], at: datetime) -> _Running:
    case, metric, severity, due_at, state, policy, product, segment, channel, calendar, *begun = row
    hours = working_time_of(CalendarVersion(pk=calendar))
    return _Running(
        case=case,
        promise=Promise(policy, metric, severity),
        part=Part(product, segment or "", channel),
        due_at=due_at,
        used=used_by(at, Begun(*begun), hours),
        is_missed=state == clock_state.MISSED or due_at < at,
        started_at=begun[1],
    )


def _ranked(candidates: list[_Candidate], running: list[_Running], stakes: Stakes) -> list[Ranked]:
    by_case: dict[int, list[tuple[_Running, float]]] = {}
    for clock, loss in zip(running, _losses(running, stakes), strict=True):
        by_case.setdefault(clock.case, []).append((clock, float(loss)))
    ranked = [(_place(one, by_case.get(one.case, []), stakes), one) for one in candidates]
    ranked.sort(key=lambda found: (-found[0].priority, found[1].opened_at, found[1].case))
    return [found for found, _one in ranked]


def _losses(running: list[_Running], stakes: Stakes) -> Any:
    """What each clock loses with all guidelines that hold it."""
    rows = [stakes.rows_of(clock.promise, clock.part) for clock in running]
    places = np.repeat(np.arange(len(running)), [len(found) for found in rows])
    used = np.array([clock.used for clock in running], dtype=float)
    is_missed = np.array([clock.is_missed for clock in running], dtype=bool)
    each = np.array([row for found in rows for row in found], dtype=np.int64)
    lost = at_stake(stakes, each, used[places], is_missed[places])
    return np.bincount(places, weights=lost, minlength=len(running))


def _place(one: _Candidate, clocks: list[tuple[_Running, float]], stakes: Stakes) -> Ranked:
    silent = _silent([clock for clock, _loss in clocks])
    floor = float(floor_of(np.array(RISING.index(one.severity)), silent.used if silent else 0.0))
    lost = sum(loss for _clock, loss in clocks)
    return Ranked(case=one.case, priority=lost + floor, reason=_reason(clocks, lost, floor, silent, stakes))


def _silent(clocks: Iterable[_Running]) -> _Running | None:
    """The clock that says for how long the customer heard nothing; any clock where none is of contacts."""
    contacts = [clock for clock in clocks if clock.promise.metric in CONTACTS]
    return max(contacts or clocks, key=lambda clock: clock.used, default=None)


def _reason(
    clocks: list[tuple[_Running, float]], lost: float, floor: float, silent: _Running | None, stakes: Stakes
) -> Reason:
    """The clock that loses most says why; where silence weighs more, that."""
    if silent is not None and floor >= lost:
        return silence_reason(silent.promise, silent.started_at, silent.due_at)
    if not clocks:
        return silence_reason(None, None, None)
    worst, _loss = max(clocks, key=lambda found: found[1])
    return loss_reason(stakes, worst.promise, worst.used, worst.due_at, case=worst.part)
