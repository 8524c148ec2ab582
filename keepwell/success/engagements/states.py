"""Which act leads from which state of an engagement to which. Pure.

Requested or proposed, then scheduled, held and closed; or declined, cancelled, or nobody came.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

REQUESTED, PROPOSED, SCHEDULED = "requested", "proposed", "scheduled"
HELD, CLOSED = "held", "closed"
DECLINED, CANCELLED, NO_SHOW = "declined", "cancelled", "no_show"

AHEAD = (REQUESTED, PROPOSED, SCHEDULED)
ENDED = (CLOSED, DECLINED, CANCELLED, NO_SHOW)


@dataclass(frozen=True, kw_only=True)
class Way:
    """From each of these states to one."""

    before: frozenset[str]
    to: str


WAYS: Mapping[str, Way] = {
    "offer": Way(before=frozenset({REQUESTED, PROPOSED}), to=PROPOSED),
    "schedule": Way(before=frozenset({REQUESTED, PROPOSED}), to=SCHEDULED),
    "move": Way(before=frozenset({SCHEDULED}), to=SCHEDULED),
    "hold": Way(before=frozenset({SCHEDULED}), to=HELD),
    "miss": Way(before=frozenset({SCHEDULED}), to=NO_SHOW),
    "close": Way(before=frozenset({HELD}), to=CLOSED),
    "decline": Way(before=frozenset({REQUESTED, PROPOSED}), to=DECLINED),
    "cancel": Way(before=frozenset(AHEAD), to=CANCELLED),
}


def may_be_done(act: str, state: str) -> bool:
    """Whether the act is possible in this state. Errors: KeyError for an act that there is not."""
    return state in WAYS[act].before


def acts_in(state: str) -> tuple[str, ...]:
    """What can be done in this state, in the order in which pages offer it."""
    return tuple(act for act in WAYS if may_be_done(act, state))
