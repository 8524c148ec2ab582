from __future__ import annotations

import pytest
from django.test.utils import CaptureQueriesContext
from django.db import connection

from keepwell.customers.details import AccountDetails, DeploymentDetails
from keepwell.customers.models import Account, Contact
from keepwell.customers.verbs.adding import add_contact
from keepwell.customers.verbs.deploying import add_deployment
from keepwell.customers.verbs.opening import open_account
from keepwell.customers.verbs.products import add_product
from keepwell.customers.verbs.stewarding import appoint_steward
from keepwell.desk import house
from keepwell.desk.tests.people import BY_TEST, person, signed_in
from keepwell.people.models import Role
from tests import cast

pytestmark = pytest.mark.django_db


def towns(count: int, *, start: int = 0) -> list[Account]:
    steward = person(Role.SUCCESS_MANAGER, f"Steward {start}")
    product = add_product(f"Works {start}", by=BY_TEST)
    return [_town(f"Town {number:03}", steward, product) for number in range(start, start + count)]


def _town(name, steward, product):
    account = open_account(name, AccountDetails(region="North", segment="City"), by=BY_TEST)
    appoint_steward(account, steward, "success", by=BY_TEST)
    add_deployment(account, product, DeploymentDetails(version="1"), by=BY_TEST)
    return account


def queries_of(client, address: str) -> int:
    house.troubles(__import__("keepwell.kit.clock", fromlist=["now"]).now())
    with CaptureQueriesContext(connection, ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_the_list_costs_the_same_with_ten_accounts_and_with_twenty():
    client = signed_in(person(Role.SPECIALIST))
    towns(10)
    ten = queries_of(client, "/desk/accounts/")
    towns(10, start=10)
    assert queries_of(client, "/desk/accounts/") == ten
