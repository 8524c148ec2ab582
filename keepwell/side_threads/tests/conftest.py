"""The people of these tests, and Dana's case at nine in Elm Falls, which Maria works on."""

from __future__ import annotations

import pytest

from keepwell.cases.models import Case
from keepwell.cases.tests.elm_falls import NINE, open_for
from keepwell.people.models import User
from tests import cast
from tests.fixtures.clock import SetClock


@pytest.fixture(autouse=True)
def nine_in_the_morning(clock_at: SetClock) -> None:
    clock_at(NINE)


@pytest.fixture
def dana(db: None) -> User:
    cast.the_guidelines()
    return cast.dana_at_elm_falls()


@pytest.fixture
def maria(db: None) -> User:
    return cast.maria_the_specialist()


@pytest.fixture
def case(dana: User) -> Case:
    return open_for(dana)
