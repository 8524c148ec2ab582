"""What stands in many rows of many lists about a case: its state, and the promise that is next."""

from __future__ import annotations

from datetime import datetime, tzinfo

from django.utils.safestring import SafeString

from keepwell.cases.states import State
from keepwell.cases.words import STATE_WORDS
from keepwell.kit import elements
from keepwell.kit.remembering import remembered
from keepwell.service_levels.models import Standing
from keepwell.service_levels.models.standing import NOTHING_DUE

TONES: dict[str, str] = {State.NEW: "on", State.OPEN: "note", State.RESOLVED: "good", State.CLOSED: "good"}
STATES = dict(STATE_WORDS)
METRICS = dict(Standing._meta.get_field("next_metric").choices or ())


@remembered(32)
def state_chip(state: str) -> SafeString:
    return elements.chip(str(STATES[state]), TONES.get(state, ""))


def next_promise(
    metric: str, started_at: datetime | None, due_at: datetime | None, now: datetime, zone: tzinfo
) -> SafeString:
    """The next promise as a draining bar with its name; nothing where nothing is due."""
    if started_at is None or due_at is None or due_at >= NOTHING_DUE:
        return elements.NOTHING
    return elements.running_clock(started_at, due_at, now, zone, _metric_words(metric))


@remembered(32)
def _metric_words(metric: str) -> str:
    return str(METRICS.get(metric, metric))
