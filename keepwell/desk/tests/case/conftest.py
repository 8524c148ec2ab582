"""A case of Elm Falls, and those who meet at it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from keepwell.cases.tests.elm_falls import NINE, open_for
from keepwell.desk.tests.people import signed_in
from tests import cast


@pytest.fixture(autouse=True)
def _promised(db: None) -> None:
    cast.the_guidelines()


@pytest.fixture
def maria() -> Any:
    return cast.maria_the_specialist()


@pytest.fixture
def theo() -> Any:
    return cast.theo_at_level_two()


@pytest.fixture
def dana() -> Any:
    return cast.dana_at_elm_falls()


@pytest.fixture
def desk(maria: Any) -> Client:
    """Maria at her desk."""
    return signed_in(maria)


@pytest.fixture
def case(dana: Any, clock_at: Any) -> Any:
    """What Dana wrote at nine, looked at ten minutes later."""
    opened = open_for(dana, at=NINE, situation="nobody can print", severity="high")
    clock_at("2026-06-09T14:10:00Z")
    return opened
