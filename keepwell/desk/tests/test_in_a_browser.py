"""Accounts and settings in a real browser: axe finds nothing, nothing is too wide, pages hear of changes."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from keepwell.calendars.models import WorkingCalendar
from keepwell.calendars.verbs.publishing import create_calendar
from keepwell.customers.details import DeploymentDetails
from keepwell.customers.models import Account, Contact
from keepwell.customers.verbs.deploying import add_deployment
from keepwell.customers.verbs.products import add_product
from keepwell.customers.verbs.stewarding import appoint_steward
from keepwell.desk.tests.in_a_browser import LOOKS, OpenAs, half_of, keeps_nobody_out
from keepwell.desk.tests.people import BY_TEST
from keepwell.insight.models import Subscription
from keepwell.insight.verbs.subscribing import subscribe
from keepwell.service_levels.measuring import Narrowing
from keepwell.service_levels.models import Policy
from keepwell.service_levels.reference import REFERENCE_COMMITMENTS, REFERENCE_HOURS
from keepwell.service_levels.verbs.policies import PolicyTerms, create_policy
from tests import cast

pytestmark = pytest.mark.journey


@pytest.fixture
def house(transactional_db) -> None:
    hours = create_calendar("Support hours", REFERENCE_HOURS, by=BY_TEST, is_default=True)
    terms = PolicyTerms(calendar=hours, commitments=REFERENCE_COMMITMENTS)
    create_policy("Guidelines", terms, by=BY_TEST, is_default=True)
    cast.dana_at_elm_falls()
    product = add_product("Works", by=BY_TEST)
    add_deployment(cast.elm_falls(), product, DeploymentDetails(version="12.4"), by=BY_TEST)
    appoint_steward(cast.elm_falls(), cast.sam_the_success_manager(), "success", by=BY_TEST)
    subscribe("weekly", Narrowing(product=product.pk), by=cast.ada_the_administrator())


def addresses() -> list[str]:
    account, contact = Account.objects.first(), Contact.objects.first()
    people = ("people/", f"people/{cast.maria_the_specialist().pk}/", "people/new/", "teams/", "products/")
    promised = (f"calendars/{WorkingCalendar.objects.get().pk}/", f"guidelines/{Policy.objects.get().pk}/")
    edited = tuple(f"{address}versions/new/" for address in promised)
    running = ("brand/", "outbox/", "import/", "journal/")
    tabs = ("", "cases/", "people/", "details/", "edit/", "deployments/new/")
    return [
        "/desk/me/",
        "/desk/accounts/",
        "/desk/insight/by-mail/",
        f"/desk/insight/by-mail/{Subscription.objects.get().pk}/ending/",
        f"/desk/contacts/{contact.pk}/",
        *(f"/desk/accounts/{account.pk}/{tab}" for tab in tabs),
        *(f"/desk/settings/{page}" for page in ("", *people, *promised, *edited, *running)),
    ]


@pytest.mark.parametrize(("scheme", "size"), LOOKS)
def test_no_page_keeps_anybody_out(open_as: OpenAs, house: None, scheme: str, size: dict[str, int]):
    page = open_as(cast.ada_the_administrator(), viewport=size, color_scheme=scheme)
    for address in half_of(addresses(), scheme):
        page.goto(address)
        keeps_nobody_out(page)


def test_the_timeline_hears_what_somebody_else_changes(open_as: OpenAs, house: None):
    elm_falls = cast.elm_falls()
    reads = open_as(cast.maria_the_specialist())
    changes = open_as(cast.sam_the_success_manager())
    reads.goto(f"/desk/accounts/{elm_falls.pk}/")
    expect(reads.locator("#timeline")).to_contain_text("Account opened")
    changes.goto(f"/desk/accounts/{elm_falls.pk}/edit/")
    changes.get_by_label("Lifecycle").select_option("leaving")
    changes.get_by_role("button", name="Save").click()
    expect(reads.locator("#timeline")).to_contain_text("Lifecycle changed", timeout=10_000)


def test_what_cannot_be_undone_asks_once(open_as: OpenAs, house: None):
    elm_falls = cast.elm_falls()
    page = open_as(cast.sam_the_success_manager())
    page.goto(f"/desk/accounts/{elm_falls.pk}/details/")
    retire = page.get_by_role("button", name="It no longer runs there")
    retire.click()
    page.get_by_role("button", name="Cancel").click()
    assert elm_falls.deployments.filter(retired_at=None).count() == 1
    retire.click()
    page.get_by_role("button", name="Yes, go on").click()
    expect(page.get_by_text("It no longer runs there. Cases about it stay.")).to_be_visible()
    assert elm_falls.deployments.filter(retired_at=None).count() == 0


def test_somebody_says_where_he_is_and_goes_where_he_wants_by_keys(open_as: OpenAs, house: None):
    page = open_as(cast.maria_the_specialist())
    page.goto("/desk/accounts/")
    page.get_by_role("button", name="Account of Maria Petersen").click()
    page.get_by_role("button", name="Busy").click()
    expect(page.locator("#me .face")).to_have_attribute("data-presence", "busy")
    page.keyboard.press("Control+k")
    page.keyboard.type("falls")
    expect(page.get_by_role("option", name="Town of Elm Falls")).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/accounts/*/")


def test_holidays_of_a_state_are_proposed_without_leaving_the_editor(open_as: OpenAs, house: None):
    page = open_as(cast.ada_the_administrator())
    page.goto(f"/desk/settings/calendars/{WorkingCalendar.objects.get().pk}/versions/new/")
    page.get_by_text("Add public holidays").click()
    page.get_by_label("Public holidays of").select_option("US")
    page.get_by_label("State or province").select_option("TX")
    page.get_by_role("button", name="Add these days").click()
    expect(page.get_by_text("days added below")).to_be_visible()
    page.get_by_role("button", name="Show what would change").click()
    expect(page.get_by_role("heading", name="What would change")).to_be_visible()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("heading", name="Dates that differ")).to_be_visible()
    assert WorkingCalendar.objects.get().versions.count() == 2
