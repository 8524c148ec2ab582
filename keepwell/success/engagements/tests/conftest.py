"""The people of these tests, on a Tuesday at nine in Elm Falls; Sam looks after its success."""

from __future__ import annotations

import pytest

from keepwell.customers.models import Account
from keepwell.customers.verbs.stewarding import appoint_steward
from keepwell.people.models import User
from keepwell.success.engagements.models import Engagement
from keepwell.success.engagements.tests.elm_falls import NINE, proposed
from tests import cast
from tests.fixtures.clock import SetClock


@pytest.fixture(autouse=True)
def nine_in_the_morning(clock_at: SetClock) -> None:
    clock_at(NINE)


@pytest.fixture
def sam(db: None) -> User:
    cast.the_guidelines()
    return cast.sam_the_success_manager()


@pytest.fixture
def alma(db: None) -> User:
    return cast.alma_the_account_manager()


@pytest.fixture
def dana(db: None) -> User:
    return cast.dana_at_elm_falls()


@pytest.fixture
def nora(db: None) -> User:
    return cast.nora_of_another_town()


@pytest.fixture
def account(sam: User, alma: User) -> Account:
    account = cast.elm_falls()
    appoint_steward(account, sam, "success", by=cast.CAST)
    appoint_steward(account, alma, "account", by=cast.CAST)
    return account


@pytest.fixture
def engagement(account: Account, sam: User, dana: User) -> Engagement:
    return proposed(account, sam, dana)
