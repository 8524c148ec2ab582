"""Being told on a device, in a real browser: its worker shows what our push service was given for it.

A browser without the internet reaches no push service of its own. Where it would ask one for a subscription
it is given one of ours; everything before and after that is real.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from keepwell.cases.verbs.assigning import Assignment, assign
from keepwell.desk.tests.in_a_browser import LOOKS, OpenAs, keeps_nobody_out
from keepwell.desk.tests.people import person, signed_in
from keepwell.kit import clock
from keepwell.notices.jobs import push
from keepwell.notices.models import PushDevice
from keepwell.notices.pushing.keys import public_key
from keepwell.notices.tests.elm_falls import open_for
from keepwell.people.models import Role
from tests import cast
from tests.push_service import Browser, PushService, serving

SUBSCRIBED = """
    PushManager.prototype.getSubscription = async () => null;
    PushManager.prototype.subscribe = async ({ userVisibleOnly, applicationServerKey }) => {
      window.askedWith = [userVisibleOnly, btoa(String.fromCharCode(...applicationServerKey))];
      return { toJSON: () => (%s) };
    };
"""
SHOWN = """async () => {
  const registration = await navigator.serviceWorker.getRegistration("/desk/");
  const shown = await registration.getNotifications();
  return shown.map((one) => [one.title, one.body, one.data]);
}"""


@pytest.fixture
def service(settings) -> Iterator[PushService]:
    settings.KEEPWELL_PUSH_SERVICES = ["127.0.0.1"]
    with serving() as service:
        yield service


def given(page: Page, browser: Browser) -> None:
    told = {"endpoint": browser.endpoint, "keys": {"p256dh": browser.p256dh, "auth": browser.auth}}
    page.add_init_script(SUBSCRIBED % json.dumps(told))


@pytest.mark.journey
@pytest.mark.parametrize(("scheme", "size"), LOOKS[1:])
def test_somebody_is_told_on_his_device_of_what_happens(
    open_as: OpenAs, transactional_db: None, service, scheme: str, size: dict[str, int]
):
    cast.the_guidelines()
    maria, phone = cast.maria_the_specialist(), service.browser()
    page = open_as(maria, viewport=size, color_scheme=scheme, permissions=["notifications"])
    given(page, phone)
    page.goto("/desk/me/notices/")
    page.get_by_label("What do you call this device?").fill("My phone")
    page.get_by_role("button", name="Tell me on this device").click()
    expect(page.get_by_text("My phone")).to_be_visible()
    keeps_nobody_out(page)
    case = open_for(cast.dana_at_elm_falls(), subject="The pump stands")
    assign(case, Assignment(to=maria), by=cast.lea_the_lead())
    push(device=PushDevice.objects.get().pk, notices=list(maria.notices.values_list("pk", flat=True)))
    _deliver(page, service.told(phone)[-1])
    [[title, body, path]] = page.evaluate(SHOWN)
    assert (title, body) == ("Yours to work on", f"#{case.number} The pump stands")
    assert path == f"/desk/cases/{case.number}/"
    page.reload()
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("My phone")).to_be_hidden()


def _deliver(page: Page, told: dict[str, str]) -> None:
    """What the push service would bring, to the worker that the page registered."""
    found: list[dict[str, Any]] = []
    tools = page.context.new_cdp_session(page)
    tools.on("ServiceWorker.workerRegistrationUpdated", lambda event: found.extend(event["registrations"]))
    tools.send("ServiceWorker.enable")
    page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
    origin = page.evaluate("location.origin")
    [registration] = {one["registrationId"] for one in found if one["scopeURL"] == f"{origin}/desk/"}
    asked = {"origin": origin, "registrationId": registration, "data": json.dumps(told)}
    tools.send("ServiceWorker.deliverPushMessage", asked)
    page.wait_for_function(f"async () => (await ({SHOWN})()).length > 0")


@pytest.mark.journey
def test_who_allows_no_notices_is_told_why_nothing_happens(open_as: OpenAs, transactional_db: None, service):
    page = open_as(cast.maria_the_specialist())
    given(page, service.browser())
    page.add_init_script("Notification.requestPermission = async () => 'denied';")
    page.goto("/desk/me/notices/")
    page.get_by_role("button", name="Tell me on this device").click()
    expect(page.get_by_text("Allow them in its settings, and try again")).to_be_visible()
    assert not PushDevice.objects.exists()


def test_the_worker_is_served_where_it_may_show_notices_of_the_desk(db: None):
    answer = signed_in(person(Role.SPECIALIST)).get("/desk/push-worker.js")
    assert answer["Content-Type"] == "text/javascript"
    assert b"showNotification" in answer.content


def test_the_page_carries_the_key_that_browsers_ask_with(db: None):
    page = signed_in(person(Role.SPECIALIST)).get("/desk/me/notices/").content.decode()
    assert f'data-key="{public_key()}"' in page


def test_a_device_that_cannot_be_told_is_said_and_another_persons_is_not_there(service, db: None):
    maria, lea = person(Role.SPECIALIST), person(Role.LEAD)
    browser, client = service.browser(), signed_in(maria)
    told = {"name": "Phone", "endpoint": "https://localhost/", "p256dh": browser.p256dh, "auth": browser.auth}
    page = client.post("/desk/me/notices/devices/", told, follow=True).content.decode()
    assert "a service that is not known here" in page
    client.post("/desk/me/notices/devices/", {**told, "endpoint": browser.endpoint})
    device = PushDevice.objects.get()
    for act in ("removal", "trial"):
        assert signed_in(lea).post(f"/desk/me/notices/devices/{device.pk}/{act}/").status_code == 404


def test_trying_it_tells_the_device_or_says_why_not(service, db: None):
    browser, maria = service.browser(), person(Role.SPECIALIST)
    client = signed_in(maria)
    device = PushDevice.objects.create(
        user=maria,
        name="Phone",
        endpoint=browser.endpoint,
        p256dh=browser.p256dh,
        auth=browser.auth,
        added_at=clock.now(),
    )
    address = f"/desk/me/notices/devices/{device.pk}/trial/"
    assert "Sent. It shows" in client.post(address, follow=True).content.decode()
    [told] = service.told(browser)
    assert told["title"] == "Keepwell reaches you here"
    service.status = 410
    assert "forgotten this device" in client.post(address, follow=True).content.decode()
