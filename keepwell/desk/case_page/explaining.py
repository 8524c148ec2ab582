"""Why these times: each clock of a case with its start, its pauses and its changes, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from django.utils.translation import gettext as _

from keepwell.cases.models import Case
from keepwell.kit import wording
from keepwell.service_levels import clock_state as states
from keepwell.service_levels.clock_state import ClockState, Step
from keepwell.service_levels.history import history_of
from keepwell.service_levels.models.policy import Metric
from keepwell.service_levels.replay import replay
from keepwell.service_levels.terms import FOLLOW_UP
from keepwell.service_levels.why import step_words

LOOKS: Mapping[str, tuple[str, str]] = {
    states.STARTED: ("play", ""),
    states.PAUSE_BEGAN: ("pause", ""),
    states.PAUSE_ENDED: ("play", ""),
    states.DUE_PASSED: ("timer-off", "bad"),
    states.STOPPED: ("check", "good"),
    states.VOIDED: ("ban", ""),
    states.REOPENED: ("rotate-ccw", "warn"),
    states.CONTACT_UNDELIVERED: ("mail-x", "bad"),
    states.LATE_ENTRY_KEPT_MISS: ("timer-off", "bad"),
    states.WITHDRAWAL_KEPT_MISS: ("timer-off", "bad"),
}
ANY = ("arrow-right-left", "")


@dataclass(frozen=True, kw_only=True)
class Explained:
    """One clock: its name, how it stands, and its steps as rows of a timeline."""

    words: str
    stands: str
    rows: list[dict[str, Any]]


def explained_clocks(case: Case, now: datetime, zone: tzinfo) -> list[Explained]:
    """Replayed as of now; empty where nothing was promised."""
    history = history_of(case.pk)
    if history is None:
        return []
    clocks = replay(history.facts, terms_at=history.terms_at, as_of=max(now, history.last_known_at))
    return [_explained(clock, now, zone) for clock in clocks]


def _explained(clock: ClockState, now: datetime, zone: tzinfo) -> Explained:
    return Explained(
        words=_name(clock),
        stands=_stands(clock, now, zone),
        rows=[_row(step, now, zone) for step in clock.steps],
    )


def _name(clock: ClockState) -> str:
    words = {
        "metric": Metric(clock.metric).label,
        "allowance": wording.allowance(clock.allowance.amount, clock.allowance.unit),
        "run": clock.run,
    }
    if clock.metric == FOLLOW_UP:
        return _("%(metric)s %(run)s, %(allowance)s") % words
    return _("%(metric)s %(allowance)s") % words


def _stands(clock: ClockState, now: datetime, zone: tzinfo) -> str:
    words = {
        states.MET: _("kept"),
        states.MISSED: _("missed"),
        states.PAUSED: _("stands still"),
        states.VOID: _("does not count"),
    }
    if clock.state == states.RUNNING and clock.due_at:
        return _("due %(moment)s") % {"moment": wording.moment(clock.due_at, now, zone)}
    return words.get(clock.state, "")


def _row(step: Step, now: datetime, zone: tzinfo) -> dict[str, Any]:
    icon, tone = LOOKS.get(step.kind, ANY)
    words = step_words(step, moment=lambda at: wording.moment(at, now, zone))
    return {"icon": icon, "tone": tone, "words": words, "at": step.at}
