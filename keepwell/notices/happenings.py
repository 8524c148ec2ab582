"""What somebody can be told of, and by which ways he is told until he chooses others."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Happening(StrEnum):
    """Something that concerns somebody; HIGH_ARRIVED also when a case becomes one of High.

    CALLED asks one who is on call; CALL_UNANSWERED: nobody on call answered, or nobody is. WROTE, DID: a
    customer did something outside of cases.
    """

    CALLED = "called"
    CALL_UNANSWERED = "call_unanswered"
    HIGH_ARRIVED = "high_arrived"
    ASSIGNED = "assigned"
    ANSWERED = "answered"
    ANSWERED_ASIDE = "answered_aside"
    NOTED = "noted"
    HAND_OFF_ASKED = "hand_off_asked"
    HAND_OFF_RETURNED = "hand_off_returned"
    DUE_SOON = "due_soon"
    MISSED = "missed"
    NOT_DELIVERED = "not_delivered"
    MAIL_HELD = "mail_held"
    WROTE = "wrote"
    DID = "did"
    SIGNALLED = "signalled"
    HAND_OVER_ASKED = "hand_over_asked"
    HAND_OVER_RETURNED = "hand_over_returned"


class Way(StrEnum):
    """How somebody is told. The bell stays in the house; every other way leaves it, and has a carrier."""

    BELL = "bell"
    MAIL = "mail"
    PUSH = "push"


BOTH = frozenset({Way.BELL, Way.MAIL})
BELL = frozenset({Way.BELL})

# Mailed is what one has to learn of while he is away from the desk.
DEFAULTS: Mapping[Happening, frozenset[Way]] = {
    Happening.CALLED: BOTH,
    Happening.CALL_UNANSWERED: BOTH,
    Happening.HIGH_ARRIVED: BOTH,
    Happening.ASSIGNED: BOTH,
    Happening.ANSWERED: BELL,
    Happening.ANSWERED_ASIDE: BELL,
    Happening.NOTED: BELL,
    Happening.HAND_OFF_ASKED: BOTH,
    Happening.HAND_OFF_RETURNED: BOTH,
    Happening.DUE_SOON: BELL,
    Happening.MISSED: BOTH,
    Happening.NOT_DELIVERED: BOTH,
    Happening.MAIL_HELD: BELL,
    Happening.WROTE: BELL,
    Happening.DID: BELL,
    Happening.SIGNALLED: BELL,
    Happening.HAND_OVER_ASKED: BOTH,
    Happening.HAND_OVER_RETURNED: BOTH,
}

# What is about no case but about an account.
BESIDE_CASES = (
    Happening.WROTE,
    Happening.DID,
    Happening.SIGNALLED,
    Happening.HAND_OVER_ASKED,
    Happening.HAND_OVER_RETURNED,
)

# What of a case of High waits for no digest.
URGENT = frozenset({Happening.CALL_UNANSWERED, Happening.HIGH_ARRIVED, Happening.DUE_SOON, Happening.MISSED})


def is_urgent(happening: Happening, *, is_high: bool) -> bool:
    """Whether it is told at once whatever digest somebody has."""
    return is_high and happening in URGENT
