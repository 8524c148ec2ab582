"""The cards that are there before anybody makes his own, as data. Source: the reference vendor's practice.

Shares are parts of 1, times are days; anchors stand for 0, 50 and 100 points.
"""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

from keepwell.success.health.cards import Anchors, Band, Card, Measure

ACTIVE_SEATS, TREND, BREADTH, FREQUENCY = "active_seats", "trend", "breadth", "frequency"
PROMISES, ENGAGED, ACTIONS, FIRST_VALUE = (
    "promises_met",
    "days_since_engagement",
    "actions_on_time",
    "first_value",
)

# Younger accounts have no season behind them that they could be measured by.
ESTABLISHED_AFTER = timedelta(days=90)
WEEK, QUARTER = timedelta(days=7), timedelta(days=90)


def _percent(
    weight: int, zero: int, half: int, full: int, *, good_for: timedelta, caps_at: Band | None = None
) -> Measure:
    anchors = Anchors(zero=Fraction(zero, 100), half=Fraction(half, 100), full=Fraction(full, 100))
    return Measure(weight=Fraction(weight, 100), anchors=anchors, good_for=good_for, caps_at=caps_at)


def _days(weight: int, zero: int, half: int, full: int, *, good_for: timedelta) -> Measure:
    anchors = Anchors(zero=Fraction(zero), half=Fraction(half), full=Fraction(full))
    return Measure(weight=Fraction(weight, 100), anchors=anchors, good_for=good_for)


ESTABLISHED = Card(
    measures={
        ACTIVE_SEATS: _percent(25, 10, 40, 80, good_for=WEEK, caps_at=Band.AMBER),
        TREND: _percent(20, -40, -20, 0, good_for=WEEK),
        BREADTH: _percent(15, 0, 40, 80, good_for=WEEK),
        FREQUENCY: _percent(10, 0, 30, 70, good_for=WEEK),
        PROMISES: _percent(10, 60, 80, 95, good_for=WEEK),
        ENGAGED: _days(10, 180, 90, 30, good_for=WEEK),
        ACTIONS: _percent(10, 0, 50, 90, good_for=QUARTER),
    }
)
# Without a season to compare with; what counts instead is how soon the customer says that it is of use.
YOUNG = Card(
    measures={
        **{key: one for key, one in ESTABLISHED.measures.items() if key != TREND},
        FIRST_VALUE: _days(20, 180, 90, 30, good_for=QUARTER),
    }
)


def usual_card(age: timedelta) -> Card:
    """The card for an account that has been live for so long."""
    return ESTABLISHED if age > ESTABLISHED_AFTER else YOUNG
