"""The facts of an entry as people read them: states, roles, metrics by their words, instants as moments."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, tzinfo
from typing import Any

from django.utils.translation import gettext as _

from keepwell.cases.words import SEVERITY_WORDS, STATE_WORDS, How
from keepwell.contracts.models.renewal import OUTCOMES
from keepwell.conversations.models import Channel
from keepwell.customers.models import Consent, ContactRole, Lifecycle, Stewardship
from keepwell.journal.kinds import kind_of
from keepwell.journal.models import Entry
from keepwell.kit import wording
from keepwell.people.models import Role
from keepwell.service_levels.models.policy import Metric
from keepwell.staffing.models import Presence
from keepwell.success.health.telling import BAND_WORDS, CAUSE_WORDS
from keepwell.success.road_maps.models.action_item import STATES as ACTION_STATES
from keepwell.success.road_maps.models.goal import STATES as GOAL_STATES


def _words(*families: Any) -> dict[str, Any]:
    return {str(value): words for family in families for value, words in family}


STATES = _words(STATE_WORDS, Lifecycle.choices, GOAL_STATES, ACTION_STATES)
SEVERITIES = _words(SEVERITY_WORDS)
BANDS = _words(BAND_WORDS.items())
WORDS: Mapping[str, Mapping[str, Any]] = {
    "severity": SEVERITIES,
    "from_severity": SEVERITIES,
    "to_severity": SEVERITIES,
    "from_state": STATES,
    "to_state": STATES,
    "lifecycle": STATES,
    "role": _words(Role.choices, ContactRole.Kind.choices),
    "metric": _words(Metric.choices),
    "channel": _words(Channel.choices),
    "how": _words(How.choices),
    "presence": _words(Presence.choices),
    "outcome": _words(OUTCOMES),
    "purpose": _words(Consent.Purpose.choices),
    "band": BANDS,
    "from_band": BANDS,
    "to_band": BANDS,
    "cause": _words(CAUSE_WORDS.items()),
    "kind": _words(Stewardship.Kind.choices),
}


def sentence(entry: Entry, *, now: datetime, zone: tzinfo) -> str:
    """What happened, in one sentence, with instants in the reader's zone."""
    facts = {name: fact_words(name, fact, now=now, zone=zone) for name, fact in entry.facts.items()}
    kind = kind_of(entry.kind)
    return str(kind.words) % {**dict.fromkeys(kind.facts, _("unknown")), **facts}


def fact_words(name: str, fact: Any, *, now: datetime, zone: tzinfo) -> Any:
    """One fact in words; what has none stays as it is."""
    if isinstance(fact, str) and fact in WORDS.get(name, {}):
        return WORDS[name][fact]
    for read in _AS_TIME:
        if words := read(fact, now, zone):
            return words
    return fact


def _instant(fact: Any, now: datetime, zone: tzinfo) -> str:
    at = _parsed(datetime.fromisoformat, fact)
    return wording.moment(at, now, zone) if at and at.tzinfo else ""


def _day(fact: Any, now: datetime, zone: tzinfo) -> str:
    on = _parsed(date.fromisoformat, fact)
    return wording.day(on, now.astimezone(zone).date()) if on else ""


def _parsed(read: Callable[[str], Any], fact: Any) -> Any:
    # Only what is written like a date can be one: ids and versions are not guessed at.
    if not isinstance(fact, str) or fact[4:5] != "-":
        return None
    try:
        return read(fact)
    except ValueError:
        return None


_AS_TIME = (_instant, _day)
