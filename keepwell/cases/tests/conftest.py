"""The people of these tests, and Dana's case: "The printer is silent", opened at nine in Elm Falls."""

from __future__ import annotations

from collections.abc import Callable

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
def guidelines(db: None) -> None:
    cast.the_guidelines()


@pytest.fixture
def dana(guidelines: None) -> User:
    return cast.dana_at_elm_falls()


@pytest.fixture
def carl(guidelines: None) -> User:
    return cast.carl_the_administrator_of_elm_falls()


@pytest.fixture
def nora(guidelines: None) -> User:
    return cast.nora_of_another_town()


@pytest.fixture
def maria(guidelines: None) -> User:
    return cast.maria_the_specialist()


@pytest.fixture
def theo(guidelines: None) -> User:
    return cast.theo_at_level_two()


@pytest.fixture
def ines(guidelines: None) -> User:
    return cast.ines_the_engineer()


@pytest.fixture
def lea(guidelines: None) -> User:
    return cast.lea_the_lead()


@pytest.fixture
def sam(guidelines: None) -> User:
    return cast.sam_the_success_manager()


@pytest.fixture
def case(dana: User) -> Case:
    return open_for(dana)


@pytest.fixture
def opened(dana: User) -> Callable[..., Case]:
    """Opens one more of Dana's cases: `opened(subject="...", severity="high")`."""

    def open_one(**known: object) -> Case:
        return open_for(dana, **known)

    return open_one
