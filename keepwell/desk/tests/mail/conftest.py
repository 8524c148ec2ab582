"""Dana's case, answered by mail, and Maria who works on it."""

from __future__ import annotations

import pytest

from keepwell.cases.tests.elm_falls import NINE, answer, open_for
from keepwell.channels.email.tests.letters import TRUSTED, support
from keepwell.desk import house
from keepwell.desk.tests.people import signed_in
from tests import cast


@pytest.fixture(autouse=True)
def _at_nine(db, clock_at, settings):
    clock_at(NINE)
    cast.the_guidelines()
    settings.KEEPWELL_MAIL_TRUSTED_HOSTS = [TRUSTED]
    # What the desk asks once in ten seconds was asked in another test.
    house.look_again()


@pytest.fixture
def maria():
    return cast.maria_the_specialist()


@pytest.fixture
def desk(maria):
    return signed_in(maria)


@pytest.fixture
def case(maria):
    support()
    case = open_for(cast.dana_at_elm_falls())
    answer(case, maria, NINE)
    return case
