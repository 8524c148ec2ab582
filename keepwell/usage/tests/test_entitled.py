"""What a contract lets an account use, as metrics ask for it."""

from __future__ import annotations

from datetime import date

import pytest

from keepwell.contracts.licences import Entitlement
from keepwell.contracts.new_contract import NewSubscription
from keepwell.contracts.tests.conftest import a_contract
from keepwell.contracts.verbs.opening import open_contract
from keepwell.contracts.verbs.subscribing import subscribe
from keepwell.customers.verbs.products import add_module, add_product
from keepwell.usage.entitled import Entitled, seats_of
from tests import cast

ON = date(2026, 6, 9)


@pytest.mark.parametrize(
    ("agreed", "seats"),
    [
        ([], None),
        ([Entitlement(product=1, seats=40)], 40),
        ([Entitlement(product=1, module=1, seats=40), Entitlement(product=1, module=2, seats=25)], 40),
        ([Entitlement(product=1, seats=40), Entitlement(product=2, seats=5)], 45),
        ([Entitlement(product=1, seats=40), Entitlement(product=2)], None),
    ],
)
def test_seats_are_those_of_people_and_no_limit_is_none(agreed, seats):
    assert seats_of(agreed) == seats


@pytest.mark.django_db
def test_without_a_contract_it_is_what_runs_there(source, town, snow):
    assert Entitled(ON).modules == [(town.account_id, snow.pk, 7)]
    assert Entitled(ON).seats == []


@pytest.mark.django_db
def test_a_contract_says_which_modules_and_how_many_seats(source, town, snow):
    signs = add_module(cast.roadworks(), "Signs", by=cast.CAST)
    alma = cast.alma_the_account_manager()
    contract = open_contract(town.account, a_contract("C-1"), by=alma)
    lines = {"price_cents": 100, "starts_on": date(2026, 1, 1)}
    subscribe(contract, NewSubscription(product=cast.roadworks(), module=signs, seats=40, **lines), by=alma)
    untold = add_product("Fleet", by=cast.CAST)
    subscribe(contract, NewSubscription(product=untold, seats=9, **lines), by=alma)
    assert Entitled(ON).modules == [(town.account_id, signs.pk, 14)]
    assert Entitled(ON).seats == [(town.account_id, 40)]
    subscribe(contract, NewSubscription(product=cast.roadworks(), seats=None, **lines), by=alma)
    assert [module for _account, module, _days in Entitled(ON).modules] == [snow.pk, signs.pk]
    assert Entitled(ON).seats == []
