"""Which way the things of a road map go: versions, goals, action items, claims of value."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class VersionState(StrEnum):
    DRAFT = "draft"
    SHARED = "shared"
    AGREED = "agreed"
    CLOSED = "closed"


class GoalState(StrEnum):
    PROPOSED = "proposed"
    ACTIVE = "active"
    ACHIEVED = "achieved"
    PARTLY = "partly"
    MISSED = "missed"
    DROPPED = "dropped"


class ActionState(StrEnum):
    TODO = "todo"
    DOING = "doing"
    BLOCKED = "blocked"
    DONE = "done"
    DROPPED = "dropped"


class Side(StrEnum):
    VENDOR = "vendor"
    CUSTOMER = "customer"


class Direction(StrEnum):
    UP = "up"
    DOWN = "down"


class Source(StrEnum):
    """Where the readings of a measure come from."""

    BY_HAND = "by_hand"
    METRIC = "metric"


class ClaimState(StrEnum):
    CLAIMED = "claimed"
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"


# What was decided can be taken up again: then it is active, and is decided anew.
ENDED = frozenset({GoalState.ACHIEVED, GoalState.PARTLY, GoalState.MISSED, GoalState.DROPPED})
GOAL_WAYS: Mapping[GoalState, frozenset[GoalState]] = {
    GoalState.PROPOSED: frozenset({GoalState.ACTIVE, GoalState.DROPPED}),
    GoalState.ACTIVE: ENDED,
    **{ended: frozenset({GoalState.ACTIVE}) for ended in ENDED},
}
OPEN_ACTIONS = frozenset({ActionState.TODO, ActionState.DOING, ActionState.BLOCKED})
# What still holds up others: dropped, it holds up nobody.
HOLDS_UP = OPEN_ACTIONS


def goal_may_go(state: str, to: str) -> bool:
    return GoalState(to) in GOAL_WAYS[GoalState(state)]


def action_may_go(state: str, to: str) -> bool:
    """Whatever is open goes anywhere; what is done or dropped is taken up again first."""
    return state != to and (state in OPEN_ACTIONS or to == ActionState.TODO)
