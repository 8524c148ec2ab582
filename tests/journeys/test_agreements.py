"""Contracts and road maps as they look: axe finds nothing, nothing is too wide, nothing is reported."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page

from keepwell.contracts.models import Contract, Renewal
from keepwell.customers.models import Account
from keepwell.desk.tests.in_a_browser import LOOKS, keeps_nobody_out
from keepwell.desk.tests.people import signed_in
from keepwell.operate.demo.agreeing import UNTIL_SEEN
from keepwell.operate.demo.furnishing import furnish
from keepwell.operate.demo.steering import steer_all
from keepwell.people.models import User
from keepwell.success.road_maps.models import RoadMap
from tests.fixtures.browser import OpenPage

pytestmark = pytest.mark.journey
ENDS_AT = datetime(2026, 6, 9, 15, 0, tzinfo=UTC)


@pytest.fixture
def house(transactional_db, clock_at) -> None:
    """The first account of the demonstration, at its end."""
    furnish(7, at=ENDS_AT - UNTIL_SEEN, accounts=1)
    steer_all(7, ENDS_AT)
    clock_at(ENDS_AT)


def at_the_desk() -> list[str]:
    account, contract, road_map = Account.objects.get(), Contract.objects.get(), RoadMap.objects.get()
    renewal, goal = Renewal.objects.get(outcome=""), road_map.goals.earliest("pk")
    agreed = f"/desk/contracts/{contract.pk}/"
    steered = f"/desk/road-maps/{road_map.pk}/"
    return [
        f"/desk/accounts/{account.pk}/contracts/",
        *(f"{agreed}{page}" for page in ("", f"renewals/{renewal.pk}/", "subscriptions/new/")),
        *(f"{steered}{page}" for page in ("", "?show=time", "review/", "check-points/", "versions/1/")),
        *(
            f"{steered}{page}"
            for page in ("actions/new/", f"goals/{goal.pk}/", f"goals/{goal.pk}/claims/new/")
        ),
        "/desk/today/",
    ]


def shown_to(user: User, page: Page, addresses: list[str], site_url: str) -> None:
    cookie = signed_in(user).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": site_url}])
    for address in addresses:
        page.goto(address)
        keeps_nobody_out(page)


@pytest.mark.parametrize(("scheme", "size"), LOOKS)
def test_no_page_keeps_anybody_out(
    open_page: OpenPage, site_url: str, house: None, scheme: str, size: dict[str, int]
):
    road_map = RoadMap.objects.get()
    theirs = road_map.account.contacts.earliest("pk").user
    ours = User.objects.get(email="vance@causeway.example")
    for user, addresses in ((ours, at_the_desk()), (theirs, [f"/portal/road-map/{road_map.pk}/"])):
        shown_to(user, open_page(viewport=size, color_scheme=scheme), addresses, site_url)
