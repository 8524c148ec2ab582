"""Which act is allowed from which state of a case, and which state follows."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class State(StrEnum):
    """Where a case stands. New: nobody has answered yet."""

    NEW = "new"
    OPEN = "open"
    WAITING_ON_CUSTOMER = "waiting_on_customer"
    WAITING_ON_ENGINEERING = "waiting_on_engineering"
    SCHEDULED = "scheduled"
    RESOLVED = "resolved"
    CLOSED = "closed"


OPEN_STATES = (
    State.NEW,
    State.OPEN,
    State.WAITING_ON_CUSTOMER,
    State.WAITING_ON_ENGINEERING,
    State.SCHEDULED,
)
ENDED_STATES = (State.RESOLVED, State.CLOSED)

_OPEN = frozenset(OPEN_STATES)
_ENDED = frozenset(ENDED_STATES)
_WAITING = _OPEN - {State.NEW, State.OPEN}
_ANY = _OPEN | _ENDED

# From waiting on the customer one goes through take_back, so that the pause of the clocks has an end.
ALLOWED: Mapping[str, frozenset[State]] = {
    "receive": _ANY,
    "reply": _ANY,
    "note": _ANY,
    "place": _ANY,
    "mark_spam": _ANY,
    "merge": _ANY,
    "change_details": _ANY,
    "change_severity": _OPEN | {State.RESOLVED},
    "log_contact": _OPEN | {State.RESOLVED},
    "assign": _OPEN,
    "escalate": _OPEN,
    "answer_hand_off": _OPEN,
    "snooze": _OPEN,
    "wait_for_customer": frozenset({State.OPEN, State.WAITING_ON_ENGINEERING, State.SCHEDULED}),
    "wait_for_engineering": frozenset({State.NEW, State.OPEN, State.SCHEDULED}),
    "schedule": frozenset({State.NEW, State.OPEN, State.WAITING_ON_ENGINEERING, State.SCHEDULED}),
    "take_back": _WAITING,
    "resolve": _OPEN,
    "withdraw": _OPEN,
    "close": frozenset({State.RESOLVED}),
    "reopen": _ENDED,
}

# What stays possible with a case marked as spam, and with one merged into another.
ON_SPAM = frozenset({"receive", "note", "place"})
ON_MERGED = frozenset({"receive"})

AFTER: Mapping[str, State] = {
    "wait_for_customer": State.WAITING_ON_CUSTOMER,
    "wait_for_engineering": State.WAITING_ON_ENGINEERING,
    "schedule": State.SCHEDULED,
    "take_back": State.OPEN,
    "resolve": State.RESOLVED,
    "withdraw": State.CLOSED,
    "close": State.CLOSED,
    "reopen": State.OPEN,
}


def is_allowed(act: str, state: str, *, is_spam: bool = False, is_merged: bool = False) -> bool:
    """Whether the act may be done to a case that stands so. Errors: KeyError for an unknown act."""
    if (is_spam and act not in ON_SPAM) or (is_merged and act not in ON_MERGED):
        return False
    return state in ALLOWED[act]


def after_contact(state: str) -> State:
    """Where a case stands once the customer was answered: a new one is open, any other stays."""
    return State.OPEN if state == State.NEW else State(state)


def after_customers_word(state: str) -> State:
    """Where a case stands once the customer wrote: waiting on him has an end, any other state stays."""
    return State.OPEN if state == State.WAITING_ON_CUSTOMER else State(state)
