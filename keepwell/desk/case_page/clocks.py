"""The promises of a case as they stand: each clock with its promise in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo
from decimal import Decimal
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Window
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from keepwell.cases.models import Case
from keepwell.kit import clock_face, wording
from keepwell.kit.asking import Question
from keepwell.service_levels import clock_state
from keepwell.service_levels.models import Clock, Commitment
from keepwell.service_levels.models.policy import Metric, Population
from keepwell.service_levels.showing import shown_clock
from keepwell.service_levels.terms import METRICS

OBJECTIVE = Subquery(
    Commitment.objects.filter(
        version=OuterRef("policy_version"), metric=OuterRef("metric"), severity=OuterRef("severity")
    ).values("objective")[:1]
)


SHOWN = (
    "metric",
    "severity",
    "started_at",
    "due_at",
    "due_kept",
    "state",
    "stopped_at",
    "ended_at",
    "paused_at",
    "amount",
    "unit",
    "void_reason",
    "is_corrected",
    "entered_later",
    "warn_at",
)


@dataclass(frozen=True, kw_only=True)
class Promise:
    """`shown` is the clock for the component; `words` the promise; `under` how it stands, objective."""

    shown: clock_face.Clock
    words: str
    under: str


def promises_of(case: Case, now: datetime, zone: tzinfo) -> list[Promise]:
    """Initial contact, the present follow-up, resolution and overall, as far as they were promised."""
    by_metric = {row.metric: row for row in LATEST.objects(case.pk, now)}
    return [_promise(by_metric[metric], now, zone) for metric in METRICS if metric in by_metric]


def _latest(case: int, now: datetime) -> QuerySet[Any]:
    """The latest run of each promise, with how many `runs` there are and how many of them were `missed`."""
    missed = Q(state=clock_state.MISSED) | Q(state=clock_state.RUNNING, due_at__lt=now)
    runs = Clock.objects.filter(case=case).annotate(
        objective=OBJECTIVE,
        runs=Window(Count("pk"), partition_by="metric"),
        missed=Window(Count("pk", filter=missed), partition_by="metric"),
    )
    return runs.order_by("metric", "-run", "-pk").distinct("metric").only(*SHOWN)


LATEST = Question(_latest)


def _promise(latest: Any, now: datetime, zone: tzinfo) -> Promise:
    return Promise(
        shown=shown_clock(latest, now),
        words=promise_words(latest),
        under=_under(latest, now, zone),
    )


def promise_words(row: Clock) -> str:
    """The promise as the guideline says it: Follow-up within 12 hours."""
    words = {"metric": Metric(row.metric).label, "allowance": wording.allowance(row.amount, row.unit)}
    return _("%(metric)s %(allowance)s") % words


def _under(row: Any, now: datetime, zone: tzinfo) -> str:
    parts = [_stands(row, now, zone), _objective(row), _misses(row, now), _marks(row)]
    return " · ".join(part for part in parts if part)


def _stands(row: Clock, now: datetime, zone: tzinfo) -> str:
    state = row.state_at(now)
    if state == clock_state.VOID:
        return _void(row.void_reason)
    if state == clock_state.PAUSED:
        return _("stands still: the customer is waited for")
    if row.stopped_at:
        return _stopped(row, state, now, zone)
    if row.due_at is None:
        return ""
    moment = wording.moment(row.due_at, now, zone)
    words = _("was due %(moment)s") if state == clock_state.MISSED else _("by %(moment)s")
    return words % {"moment": moment}


def _stopped(row: Clock, state: str, now: datetime, zone: tzinfo) -> str:
    moment = wording.moment(row.stopped_at, now, zone) if row.stopped_at else ""
    if state == clock_state.MET:
        return f"{wording.met(row.started_at, row.stopped_at)}, {moment}" if row.stopped_at else ""
    return _("kept too late, %(moment)s") % {"moment": moment}


def _void(reason: str) -> str:
    words = {
        clock_state.BY_SPAM: _("does not count: spam"),
        clock_state.BY_MERGE: _("goes on in the case it was merged into"),
        clock_state.BY_CUSTOMER: _("does not count: withdrawn by the customer"),
    }
    return words.get(reason, _("does not count"))


def _objective(row: Any) -> str:
    share: Decimal | None = row.objective
    if share is None or share >= 100:
        return ""
    number = wording.written_out(share)
    if row.severity == Population.ANY:
        return _("%(share)s%% of all cases") % {"share": number}
    return _("%(share)s%% of cases of severity %(severity)s") % {
        "share": number,
        "severity": Population(row.severity).label,
    }


def _misses(row: Any, now: datetime) -> str:
    missed = row.missed - (row.state_at(now) == clock_state.MISSED)
    if not missed:
        return ""
    words = ngettext(
        "%(missed)s of %(before)s before missed", "%(missed)s of %(before)s before missed", missed
    )
    return words % {"missed": missed, "before": row.runs - 1}


def _marks(row: Clock) -> str:
    marks = [
        _("severity corrected") if row.is_corrected else "",
        _("with a contact entered later") if row.entered_later else "",
    ]
    return ", ".join(mark for mark in marks if mark)
