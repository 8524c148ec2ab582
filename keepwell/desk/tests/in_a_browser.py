"""What the tests of the desk in a real browser share; `open_as` is a fixture."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
# A journey is walked in one of them: `make pictures` looks at every page in all four.
LOOKS = (("light", DESK), ("dark", PHONE))
# How many pixels of the page lie beyond the window.
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# open_as(user, viewport=PHONE): a page in a browser of his own, signed in.
OpenAs = Callable[..., Page]


def half_of(addresses: Sequence[str], scheme: str) -> Sequence[str]:
    """Every other one: here each page is looked at in one look, by `make pictures` in all of them."""
    return addresses[[look for look, _size in LOOKS].index(scheme) :: len(LOOKS)]


def keeps_nobody_out(page: Page) -> None:
    """Axe finds nothing, and nothing lies beyond the window."""
    violations = Axe().run(page, options={"preload": False}).response["violations"]
    assert [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in violations] == [], page.url
    assert page.evaluate(WIDER) == 0, page.url
