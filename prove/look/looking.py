"""Looking at one page: in light and dark, wide and narrow, and at what the browser and axe say of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Response
from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Page as Tab

from prove.look.papers import PAPER, pictured
from tests.fixtures.browser import Watch

WIDTHS = {1440: 900, 390: 844}
SCHEMES = ("light", "dark")
TALLEST = 3000
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SETTLED = "document.fonts.ready.then(() => true)"
# A colour that is still on its way to the other scheme is none of either.
STILL = "Promise.all(document.getAnimations().map(one => one.finished.catch(() => 0))).then(() => true)"
# Charts are drawn after the page is there.
UNDRAWN = "keepwell-chart:not([data-state])"
RUN_AXE = """rules => axe.run(document, {preload: false, resultTypes: ["violations"],
  rules: Object.fromEntries(rules.map(one => [one, {enabled: false}]))})"""
# What stands in a frame has its heading and its landmarks around it.
OF_WHOLE_PAGES = ["landmark-one-main", "page-has-heading-one", "region"]
# axe adds styles of its own to look closer, which the page's policy refuses and reports.
OF_AXE = "style-src"
# Only what no scrolling or clipping part of the page holds in.
WIDEST = """() => [...document.querySelectorAll("body *")]
  .filter(one => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .filter(one => {
    for (let up = one.parentElement; up && up !== document.body; up = up.parentElement)
      if (getComputedStyle(up).overflowX !== "visible") return false;
    return true;
  })
  .slice(0, 3).map(one => `${one.tagName.toLowerCase()}#${one.id}.${one.className}`)"""


@dataclass(frozen=True, kw_only=True)
class Extent:
    """Which variants of each page are looked at."""

    widths: tuple[int, ...] = tuple(WIDTHS)
    schemes: tuple[str, ...] = SCHEMES


@dataclass(kw_only=True)
class Looking:
    """One installation, looked at by one browser; `findings` is what is wrong, one line each."""

    browser: Browser
    site: str
    sessions: dict[str, str]
    pictures: Path
    extent: Extent
    findings: list[str] = field(default_factory=list)
    looked: int = 0
    contexts: dict[tuple[str, int], BrowserContext] = field(default_factory=dict)

    def at(self, page: dict[str, str]) -> None:
        """Opens the page once for each width, and shows it there in each scheme; a paper has only one."""
        if page["on"] == PAPER:
            self._read(page)
            return
        for width in self.extent.widths:
            tab = self._context(page["reader"], width).new_page()
            watch = Watch()
            watch.over(tab)
            try:
                self._look(tab, watch, page, width)
            except BrowserError as error:
                self._found(page, width, f"cannot be shown: {str(error).splitlines()[0]}")
            finally:
                tab.close()

    def _read(self, page: dict[str, str]) -> None:
        width = max(WIDTHS)
        answer = self._context(page["reader"], width).request.get(page["address"])
        self.looked += 1
        for wrong in pictured(answer.body(), self.pictures, page["name"]):
            self._found(page, width, wrong)

    def _look(self, tab: Tab, watch: Watch, page: dict[str, str], width: int) -> None:
        answer = tab.goto(page["address"], wait_until="load")
        if answer is None or answer.status != 200:
            self._found(page, width, f"answers {answer.status if answer else 'nothing'}")
        tab.evaluate(SETTLED)
        tab.locator(UNDRAWN).first.wait_for(state="detached")
        tab.wait_for_timeout(100)
        for scheme in self.extent.schemes:
            _in_scheme(tab, scheme)
            self._variant(tab, page, width, scheme)
        errors = list(watch.errors)
        is_framed = answer is not None and _runs_nothing(answer)
        if answer is not None and is_framed:
            # Nor does axe there: what the page says is laid out where it does.
            said = answer.text()
            tab.goto("about:blank")
            tab.set_content(said)
        tab.evaluate(AXE_SCRIPT)
        for scheme in self.extent.schemes:
            _in_scheme(tab, scheme)
            for violation in tab.evaluate(RUN_AXE, OF_WHOLE_PAGES if is_framed else [])["violations"]:
                self._found(page, width, f"{scheme}: {_said(violation)}")
        watch.allow(OF_AXE)
        for error in dict.fromkeys([*errors, *watch.errors]):
            self._found(page, width, error)

    def _variant(self, tab: Tab, page: dict[str, str], width: int, scheme: str) -> None:
        self.looked += 1
        self._picture(tab, f"{page['name']}-{width}-{scheme}.jpg", width)
        if wider := tab.evaluate(WIDER):
            self._found(page, width, f"is {wider} px too wide: {tab.evaluate(WIDEST)}")

    def _picture(self, tab: Tab, name: str, width: int) -> None:
        height = min(tab.evaluate("document.documentElement.scrollHeight"), TALLEST)
        area = {"x": 0, "y": 0, "width": width, "height": height}
        path = self.pictures / name
        tab.screenshot(path=path, type="jpeg", quality=80, full_page=True, clip=area)  # type: ignore[arg-type]

    def _found(self, page: dict[str, str], width: int, what: str) -> None:
        line = f"{page['name']} {page['address']} {width}: {what}"
        if line not in self.findings:
            self.findings.append(line)
            print(f"  {line}", flush=True)

    def _context(self, reader: str, width: int) -> BrowserContext:
        if (reader, width) not in self.contexts:
            view = {"width": width, "height": WIDTHS[width]}
            context = self.browser.new_context(base_url=self.site, viewport=view, locale="en-GB")  # type: ignore[arg-type]
            context.set_default_timeout(30_000)
            if session := self.sessions.get(reader):
                context.add_cookies([{"name": "sessionid", "value": session, "url": self.site}])
            self.contexts[reader, width] = context
        return self.contexts[reader, width]


def _in_scheme(tab: Tab, scheme: str) -> None:
    tab.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    tab.evaluate(STILL)


def _runs_nothing(answer: Response) -> bool:
    """Whether the page's own policy lets no script run in it."""
    policy = answer.headers.get("content-security-policy", "")
    return "sandbox" in policy and "allow-scripts" not in policy


def _said(violation: dict[str, Any]) -> str:
    nodes = violation["nodes"]
    return f"axe {violation['id']} ({len(nodes)}): {nodes[0]['html'][:160]} {nodes[0]['target']}"
