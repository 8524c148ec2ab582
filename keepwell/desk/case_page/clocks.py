"""The promises of a case as they stand: each clock with its promise in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from keepwell.cases.models import Case
from keepwell.kit import clock_face, wording
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


@dataclass(frozen=True, kw_only=True)
class Promise:
    """`shown` is the clock for the component; `words` the promise; `under` how it stands, objective."""

    shown: clock_face.Clock
    words: str
    under: str


def promises_of(case: Case, now: datetime, zone: tzinfo) -> list[Promise]:
    """Initial contact, the present follow-up, resolution and overall, as far as they were promised."""
    rows = Clock.objects.filter(case=case).annotate(objective=OBJECTIVE).order_by("run", "pk")
    by_metric: dict[str, list[Any]] = {metric: [] for metric in METRICS}
    for row in rows:
        by_metric[row.metric].append(row)
    return [_promise(runs, now, zone) for runs in by_metric.values() if runs]


def _promise(runs: list[Any], now: datetime, zone: tzinfo) -> Promise:
    latest = runs[-1]
    return Promise(
        shown=shown_clock(latest, now),
        words=promise_words(latest),
        under=_under(latest, runs, now, zone),
    )


def promise_words(row: Clock) -> str:
    """The promise as the guideline says it: Follow-up within 12 hours."""
    words = {"metric": Metric(row.metric).label, "allowance": wording.allowance(row.amount, row.unit)}
    return _("%(metric)s %(allowance)s") % words


def _under(row: Any, runs: Iterable[Any], now: datetime, zone: tzinfo) -> str:
    parts = [_stands(row, now, zone), _objective(row), _misses(runs, now), _marks(row)]
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
    number = format(share.normalize(), "f")
    if row.severity == Population.ANY:
        return _("%(share)s%% of all cases") % {"share": number}
    return _("%(share)s%% of cases of severity %(severity)s") % {
        "share": number,
        "severity": Population(row.severity).label,
    }


def _misses(runs: Iterable[Any], now: datetime) -> str:
    runs = list(runs)
    missed = sum(run.state_at(now) == clock_state.MISSED for run in runs[:-1])
    if not missed:
        return ""
    words = ngettext(
        "%(missed)s of %(before)s before missed", "%(missed)s of %(before)s before missed", missed
    )
    return words % {"missed": missed, "before": len(runs) - 1}


def _marks(row: Clock) -> str:
    marks = [
        _("severity corrected") if row.is_corrected else "",
        _("with a contact entered later") if row.entered_later else "",
    ]
    return ", ".join(mark for mark in marks if mark)
