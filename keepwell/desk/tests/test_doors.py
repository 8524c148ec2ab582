"""Every address of the desk, whoever brought it: strangers sign in, customers find nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, reverse

from keepwell.desk.tests.people import signed_in
from keepwell.desk.urls import urlpatterns
from tests import cast

pytestmark = pytest.mark.django_db

METHODS = ("get", "post")
WRONG_METHOD = 405


def addresses() -> Iterator[str]:
    for pattern in urlpatterns:
        assert isinstance(pattern, URLPattern)
        yield reverse(f"desk:{pattern.name}", kwargs=some_arguments(pattern))


def some_arguments(pattern: URLPattern) -> dict[str, Any]:
    """An argument of the right type for each that the address takes: nothing has to exist to be refused."""
    by_type = {"IntConverter": 1, "SlugConverter": "name", "StringConverter": "name"}
    converters = pattern.pattern.converters
    return {name: by_type[type(one).__name__] for name, one in converters.items()}


def test_every_address_has_a_name_of_its_own():
    names = [pattern.name for pattern in urlpatterns]
    assert len(names) == len(set(names))
    assert all(names)


@pytest.mark.parametrize("method", METHODS)
def test_a_stranger_is_sent_to_sign_in_from_every_address(method):
    for address in addresses():
        response = getattr(Client(), method)(address)
        if response.status_code != WRONG_METHOD:
            assert response.status_code == 302, address
            assert response.headers["Location"].startswith("/accounts/login/"), address


@pytest.mark.parametrize("method", METHODS)
def test_for_no_customer_is_there_anything_at_any_address(method):
    for customer in (cast.dana_at_elm_falls(), cast.carl_the_administrator_of_elm_falls()):
        client = signed_in(customer)
        for address in addresses():
            response = getattr(client, method)(address)
            assert response.status_code in {404, WRONG_METHOD}, address


def test_what_changes_something_is_never_done_by_a_link():
    """In settings, accounts and contacts an address that names an act takes POST only."""
    acts = ("removal", "retirement", "withdrawal", "dissolution", "default", "sign-in", "members", "offer")
    client = signed_in(cast.ada_the_administrator())
    for address in addresses():
        if "/cases/" not in address and address.rstrip("/").rpartition("/")[2] in acts:
            assert client.get(address).status_code == WRONG_METHOD, address


def test_an_address_with_an_argument_of_another_kind_does_not_exist():
    with pytest.raises(NoReverseMatch):
        reverse("desk:account", kwargs={"pk": "elm"})


STRANGE = ("%00", "%27%3B--", "%ED%A0%80", "x" * 3000, "%F0%9F%92%A9")


@pytest.mark.parametrize("words", STRANGE)
def test_strange_words_in_an_address_break_no_page(words):
    client = signed_in(cast.ada_the_administrator())
    for page in ("accounts/", "palette.json", "settings/people/", "settings/outbox/", "settings/journal/"):
        for name in ("q", "cursor", "lifecycle", "state", "steward", "number", "about"):
            response = client.get(f"/desk/{page}?{name}={words}")
            assert response.status_code == 200, f"{page} {name}"
