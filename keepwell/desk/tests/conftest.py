"""Fixtures of the desk's tests."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from keepwell.desk.tests.in_a_browser import OpenAs
from keepwell.desk.tests.people import signed_in
from keepwell.people.models import User


@pytest.fixture
def open_as(open_page: Callable[..., Page], site_url: str) -> OpenAs:
    def open_one(user: User, **options: object) -> Page:
        cookie = signed_in(user).cookies["sessionid"].value
        page = open_page(**options)
        page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": site_url}])
        return page

    return open_one
