"""The people of these tests: those of the cast, with Dana's conversation."""

from __future__ import annotations

import pytest

from keepwell.conversations.tests.elm_falls import (
    MORNING,
    Customer,
    ElmFalls,
    as_customer,
    customer,
    elm_falls,
)
from keepwell.people.models import User
from tests import cast
from tests.fixtures.clock import SetClock


@pytest.fixture(autouse=True)
def the_morning_of_that_day(clock_at: SetClock) -> None:
    """Whatever a test does at noon happens after its people were added."""
    clock_at(MORNING)


@pytest.fixture
def elm(db: None) -> ElmFalls:
    return elm_falls()


@pytest.fixture
def maria(db: None) -> User:
    return cast.maria_the_specialist()


@pytest.fixture
def theo(db: None) -> User:
    return cast.theo_at_level_two()


@pytest.fixture
def ines(db: None) -> User:
    return cast.ines_the_engineer()


@pytest.fixture
def lea(db: None) -> User:
    return cast.lea_the_lead()


@pytest.fixture
def ada(db: None) -> User:
    return cast.ada_the_administrator()


@pytest.fixture
def carl(db: None) -> Customer:
    return as_customer(cast.carl_the_administrator_of_elm_falls())


@pytest.fixture
def wes(elm: ElmFalls) -> Customer:
    """Another user of Elm Falls, with no part in Dana's conversation."""
    return customer("Wes", elm.account)


@pytest.fixture
def nora(db: None) -> Customer:
    return as_customer(cast.nora_of_another_town())
