"""Elm Falls on a morning in June, with Alma who looks after its contracts."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from keepwell.contracts.models import Contract
from keepwell.contracts.new_contract import Agreed, NewContract
from keepwell.contracts.verbs.opening import open_contract
from keepwell.customers.models import Account
from keepwell.people.models import User
from tests import cast
from tests.fixtures.clock import SetClock

NINE = datetime(2026, 6, 9, 14, 0, tzinfo=UTC)
NEW_YEAR = date(2026, 1, 1)


@pytest.fixture(autouse=True)
def nine_in_the_morning(clock_at: SetClock) -> None:
    clock_at(NINE)


@pytest.fixture
def alma(db: None) -> User:
    return cast.alma_the_account_manager()


@pytest.fixture
def account(db: None) -> Account:
    return cast.elm_falls()


@pytest.fixture
def contract(alma: User, account: Account) -> Contract:
    """Of calendar years, with 90 days of notice and ten prepaid hours a year."""
    return open_contract(account, a_contract("C-1"), by=alma)


def a_contract(number: str, *, starts_on: date = NEW_YEAR, **more: object) -> NewContract:
    agreed = {"number": number, "notice_days": 90, "hours_a_year_minutes": 600, **more}
    return NewContract(agreed=Agreed(**agreed), starts_on=starts_on)
