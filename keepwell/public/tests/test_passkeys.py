"""Passkeys in a real browser with an authenticator of its own, under the strict policy for scripts."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from keepwell.journal.models import Entry
from keepwell.people.actors import System
from keepwell.people.verbs.adding import add_person

PASSWORD = "quiet lanterns over water"
TOUCH = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def with_a_finger_to_touch(page: Page) -> Page:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": TOUCH})
    return page


@pytest.mark.journey
def test_somebody_adds_a_passkey_and_comes_in_with_it_alone(open_page: Any, watch: Any):
    add_person(name="New", email="new@vendor.example", roles=[], password=PASSWORD, by=System("test"))
    page = with_a_finger_to_touch(open_page())
    page.goto("/accounts/login/?next=/accounts/2fa/")
    page.get_by_label("E-mail address").fill("new@vendor.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Name of this key").fill("Laptop at work")
    page.wait_for_load_state()
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    page.goto("/accounts/2fa/webauthn/")
    expect(page.get_by_role("heading", name="Laptop at work")).to_be_visible()
    expect(page.get_by_text("Signs you in alone.")).to_be_visible()

    page.goto("/accounts/logout/")
    page.get_by_role("button", name="Sign out").click()
    page.goto("/accounts/login/?next=/accounts/2fa/")
    page.wait_for_load_state()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", name="How I sign in")).to_be_visible()
    methods = [
        entry.facts["method"] for entry in Entry.objects.filter(kind="person.signed_in").order_by("pk")
    ]
    assert methods == ["password", "passkey"]

    page.goto("/accounts/logout/")
    page.get_by_role("button", name="Sign out").click()
    page.goto("/accounts/login/?next=/accounts/2fa/")
    page.get_by_label("E-mail address").fill("new@vendor.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Second step")).to_be_visible()
    page.wait_for_load_state()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", name="How I sign in")).to_be_visible()
    assert Entry.objects.filter(kind="person.signed_in").latest("pk").facts["method"] == "password+passkey"
    # Signing out leads to the start page, which is another face's.
    watch.allow("404")
