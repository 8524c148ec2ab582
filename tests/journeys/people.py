"""Who walks the journeys, and how they come in."""

from __future__ import annotations

from django.test import Client
from playwright.sync_api import Page

from keepwell.people.models import User
from tests import cast


def sign_in(page: Page, user: User) -> None:
    """By password, as staff do."""
    page.goto("/accounts/login/")
    page.get_by_label("E-mail", exact=False).first.fill(user.email)
    page.get_by_label("Password", exact=True).fill(cast.PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/desk/**")


def let_in(page: Page, user: User, site_url: str) -> None:
    """Already signed in: a customer has no password, but a code by mail."""
    client = Client()
    client.force_login(user)
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": site_url}])
