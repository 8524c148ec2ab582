"""Dana of Elm Falls with a case, Carl who administers the account, Nora who must never see anything of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from keepwell.cases.models import Case
from keepwell.cases.tests.elm_falls import NINE, open_for
from keepwell.customers.models import Contact
from keepwell.kit import clock
from keepwell.people.models import User
from tests import cast

SignIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def nine_in_the_morning(clock_at, db) -> None:
    clock_at(NINE)
    cast.the_guidelines()


@pytest.fixture
def dana() -> User:
    return cast.dana_at_elm_falls()


@pytest.fixture
def carl() -> User:
    return cast.carl_the_administrator_of_elm_falls()


@pytest.fixture
def nora() -> User:
    return cast.nora_of_another_town()


@pytest.fixture
def maria() -> User:
    return cast.maria_the_specialist()


@pytest.fixture
def case(dana: User) -> Case:
    return open_for(dana)


@pytest.fixture
def signed_in() -> SignIn:
    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def following() -> Callable[..., Client]:
    """A browser that entered the code of a case: `following(case, contact)`."""

    def follow(case: Case, contact: Contact, *, lasts_for: timedelta = timedelta(hours=24)) -> Client:
        client = Client()
        session = client.session
        until = clock.now() + lasts_for
        session["followed"] = {"case": case.pk, "contact": contact.pk, "until": until.isoformat()}
        session.save()
        client.cookies["sessionid"] = session.session_key
        return client

    return follow
