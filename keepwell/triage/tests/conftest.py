"""The people of the cast, and what the vendor promises."""

from __future__ import annotations

import pytest

from keepwell.people.models import User
from tests import cast
from tests.fixtures.clock import SetClock


@pytest.fixture(autouse=True)
def nine_in_the_morning(clock_at: SetClock) -> None:
    clock_at("2026-06-09T14:00:00Z")


@pytest.fixture(autouse=True)
def guidelines(db: None) -> None:
    cast.the_guidelines()


@pytest.fixture
def maria() -> User:
    return cast.maria_the_specialist()


@pytest.fixture
def carl() -> User:
    return cast.carl_the_administrator_of_elm_falls()
