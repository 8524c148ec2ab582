"""The people of these tests at nine in the morning of Elm Falls, and Dana's case in Maria's hands."""

from __future__ import annotations

import pytest

from keepwell.cases.models import Case
from keepwell.cases.verbs.assigning import Assignment, assign
from keepwell.notices.models import Notice
from keepwell.notices.tests.elm_falls import NINE, open_for
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
def lea(db: None) -> User:
    return cast.lea_the_lead()


@pytest.fixture
def theo(db: None) -> User:
    return cast.theo_at_level_two()


@pytest.fixture
def marias(dana: User, maria: User) -> Case:
    """Dana's case, which Maria took herself: nobody was told of anything yet."""
    case = open_for(dana)
    assign(case, Assignment(to=maria), by=maria)
    assert not Notice.objects.exists()
    return Case.objects.get(pk=case.pk)
