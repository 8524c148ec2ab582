"""Who is told, by where he stands: every happening, every stand, every doer."""

import pytest

from keepwell.notices.audience import AUDIENCE, Stand, audience_of
from keepwell.notices.happenings import DEFAULTS, Happening, Way

# One person at each stand, and Maria (1) at many.
WORKER, OWNER, TEAM, ASKED, WRITER, PLACERS = 1, 2, {1, 3, 4}, {5, 6}, 7, {8, 9}
CALLED, LEADS, ASKER, KEEPER, GIVER = 10, {11, 12}, 13, 14, 15
PEOPLE = {
    Stand.WORKER: [WORKER],
    Stand.OWNER: [OWNER],
    Stand.RESPONSIBLE: [WORKER],
    Stand.TEAM: TEAM,
    Stand.ASKED: ASKED,
    Stand.WRITER: [WRITER],
    Stand.PLACERS: PLACERS,
    Stand.CALLED: [CALLED],
    Stand.LEADS: LEADS,
    Stand.ASKER: [ASKER],
    Stand.KEEPER: [KEEPER],
    Stand.GIVER: [GIVER],
}
EVERYBODY = [*range(1, 16), None]

TOLD = {
    Happening.CALLED: {10},
    Happening.CALL_UNANSWERED: {11, 12},
    Happening.HIGH_ARRIVED: {1, 3, 4},
    Happening.ASSIGNED: {1},
    Happening.ANSWERED: {1},
    Happening.ANSWERED_ASIDE: {1, 13},
    Happening.NOTED: {1, 2},
    Happening.HAND_OFF_ASKED: {5, 6},
    Happening.HAND_OFF_RETURNED: {1, 2},
    Happening.DUE_SOON: {1},
    Happening.MISSED: {1, 2},
    Happening.NOT_DELIVERED: {7},
    Happening.MAIL_HELD: {8, 9},
    Happening.WROTE: {14},
    Happening.DID: {14},
    Happening.SIGNALLED: {14},
    Happening.HAND_OVER_ASKED: {14},
    Happening.HAND_OVER_RETURNED: {15},
}


@pytest.mark.parametrize("happening", Happening)
@pytest.mark.parametrize("doer", EVERYBODY)
def test_those_whom_it_concerns_are_told_and_never_whoever_did_it(happening, doer):
    assert audience_of(happening, PEOPLE, doer=doer) == TOLD[happening] - {doer}


@pytest.mark.parametrize("happening", Happening)
def test_where_nobody_stands_nobody_is_told(happening):
    assert audience_of(happening, {}, doer=None) == frozenset()


def test_every_happening_has_its_audience_and_its_usual_ways():
    assert set(AUDIENCE) == set(DEFAULTS) == set(TOLD) == set(Happening)
    assert all(Way.BELL in ways for ways in DEFAULTS.values())
