"""The people of these tests."""

from __future__ import annotations

import pytest

from keepwell.conversations.tests import elm_falls as cast
from keepwell.customers.verbs.opening import open_account
from keepwell.people.models import Role, User


@pytest.fixture
def elm(db: None) -> cast.ElmFalls:
    return cast.elm_falls()


@pytest.fixture
def maria(db: None) -> User:
    return cast.staff("Maria")


@pytest.fixture
def theo(db: None) -> User:
    return cast.staff("Theo")


@pytest.fixture
def ines(db: None) -> User:
    return cast.staff("Ines", Role.ENGINEER)


@pytest.fixture
def lea(db: None) -> User:
    return cast.staff("Lea", Role.LEAD)


@pytest.fixture
def carl(elm: cast.ElmFalls) -> cast.Customer:
    """The administrator of Elm Falls."""
    return cast.customer("Carl", elm.account, Role.CUSTOMER_ADMINISTRATOR)


@pytest.fixture
def wes(elm: cast.ElmFalls) -> cast.Customer:
    """Another user of Elm Falls, with no part in Dana's conversation."""
    return cast.customer("Wes", elm.account)


@pytest.fixture
def nora(db: None) -> cast.Customer:
    """The administrator of another town, who must never see anything."""
    return cast.customer("Nora", open_account("Otherton", by=cast.TEST), Role.CUSTOMER_ADMINISTRATOR)
