"""Subscribing to the report of promises on a page, and ending it from a mail."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keepwell.insight.models import Subscription
from keepwell.insight.verbs.subscribing import subscribe
from keepwell.service_levels.measuring import EVERYTHING, Narrowing
from tests import cast

pytestmark = pytest.mark.django_db
PAGE = "/desk/insight/by-mail/"


@pytest.fixture
def lea(client, clock_at):
    clock_at("2026-06-03T17:00:00Z")
    cast.the_guidelines()
    lead = cast.lea_the_lead()
    client.force_login(lead)
    return lead


def test_what_is_subscribed_to_is_narrowed_as_the_page_is(client, lea):
    product = cast.roadworks()
    assert "Counted: Product: Roadworks." in client.get(PAGE, {"product": product.pk}).content.decode()
    client.post(f"{PAGE}?product={product.pk}&level=1", {"rhythm": "weekly"})
    own = Subscription.objects.get()
    assert (own.user, own.rhythm, own.product, own.level, own.segment) == (lea, "weekly", product, 1, "")
    page = client.get(PAGE).content.decode()
    assert "Product: Roadworks; Level: " in page
    assert "every Monday" in page


def test_a_rhythm_that_is_none_is_refused_beside_the_form(client, lea):
    assert client.post(PAGE, {"rhythm": "hourly"}).status_code == 422
    assert not Subscription.objects.exists()


def test_a_link_that_is_followed_changes_nothing_and_its_button_ends_it(client, lea):
    own = subscribe("weekly", EVERYTHING, by=lea)
    address = f"{PAGE}{own.pk}/ending/"
    page = client.get(address).content.decode()
    assert "It comes every Monday, the present month as it stands. Counted: all cases." in page
    own.refresh_from_db()
    assert own.ended_at is None
    assert client.post(address).status_code == 302
    own.refresh_from_db()
    assert own.ended_at is not None
    assert "Nothing yet." in client.get(PAGE).content.decode()


def test_one_that_has_ended_already_may_be_ended_again(client, lea):
    own = subscribe("weekly", EVERYTHING, by=lea)
    address = f"{PAGE}{own.pk}/ending/"
    client.post(address)
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 302


def test_the_list_costs_the_same_queries_at_two_and_four(client, lea):
    products = [cast.roadworks().pk, None]
    counts = []
    for rhythm in ("weekly", "monthly"):
        for product in products:
            subscribe(rhythm, Narrowing(product=product), by=lea)
        client.get(PAGE)
        with CaptureQueriesContext(connection) as asked:
            client.get(PAGE)
        counts.append(len(asked))
    assert counts[0] == counts[1]
