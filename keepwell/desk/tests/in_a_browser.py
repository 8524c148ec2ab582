"""What the tests of the desk in a real browser share; `open_as` is a fixture."""

from __future__ import annotations

from collections.abc import Callable

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
# How many pixels of the page lie beyond the window.
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# open_as(user, viewport=PHONE): a page in a browser of his own, signed in.
OpenAs = Callable[..., Page]


def keeps_nobody_out(page: Page) -> None:
    """Nothing lies beyond the window, and axe has nothing to say."""
    assert page.evaluate(WIDER) == 0
    violations = Axe().run(page, options={"preload": False}).response["violations"]
    assert [(one["id"], one["nodes"][0]["target"]) for one in violations] == []
