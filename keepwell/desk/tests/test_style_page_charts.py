"""Charts in a real browser: drawn under the page's policy, in both schemes and widths, and never a hole."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Page, expect

from tests.cast import maria_the_specialist
from tests.fixtures.browser import Watch

pytestmark = pytest.mark.journey

ADDRESS = "/desk/styleguide/"
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
UNDRAWN = "keepwell-chart:not([data-state=drawn])"
DRAWN_WITHIN_MS = 30_000  # on a busy machine; on an idle one half a second
NAMES = ("curve", "burn-down", "lines", "heat", "stacked", "beside", "lying", "line")
OUTSIDE = """() => [...document.querySelectorAll("keepwell-chart")]
  .map((chart) => [chart, chart.querySelector("svg").getBoundingClientRect().width])
  .filter(([chart, width]) => Math.abs(width - chart.clientWidth) > 2)
  .map(([chart, width]) => `${chart.ariaLabel}: ${width} of ${chart.clientWidth}`)"""
STROKE = "() => getComputedStyle(document.querySelector('#chart-line .mark-line path')).stroke"
SWAP = """() => {
  const part = document.createElement("section");
  part.id = "brought";
  part.setAttribute("hx-get", "/desk/styleguide/");
  part.setAttribute("hx-select", "#chart-line");
  part.setAttribute("hx-swap", "innerHTML");
  document.querySelector("#charts").replaceChildren(part);
  htmx.process(part);
  htmx.trigger(part, "click");
}"""

CUT_OFF = """() => [...document.querySelectorAll("keepwell-chart .role-legend-label text")]
  .filter((label) => {
    const [inside, plot] = [label, label.closest(".chart-plot")].map((one) => one.getBoundingClientRect());
    return inside.top < plot.top || inside.right > plot.right;
  }).map((label) => label.textContent)"""

OpenStylePage = Callable[..., Page]


@pytest.fixture
def open_style_page(open_page: Callable[..., Page], site_url: str) -> OpenStylePage:
    def open_one(**options: object) -> Page:
        client = Client()
        client.force_login(maria_the_specialist())
        page = open_page(**options)
        session = client.cookies["sessionid"].value
        page.context.add_cookies([{"name": "sessionid", "value": session, "url": site_url}])
        page.goto(ADDRESS)
        if options.get("java_script_enabled", True):
            page.locator(UNDRAWN).first.wait_for(state="detached", timeout=DRAWN_WITHIN_MS)
        return page

    return open_one


@pytest.mark.parametrize(("scheme", "size"), [("dark", PHONE)])
def test_every_kind_of_chart_is_drawn_within_its_place_and_keeps_nobody_out(
    open_style_page: OpenStylePage, scheme: str, size: dict[str, int], watch: Watch
) -> None:
    page = open_style_page(viewport=size, color_scheme=scheme)
    for name in NAMES:
        expect(page.locator(f"#chart-{name} keepwell-chart svg")).to_be_visible()
    assert page.evaluate(OUTSIDE) == []
    assert page.evaluate(CUT_OFF) == []
    assert not watch.errors  # neither a report of the policy nor a word in the console
    violations = Axe().run(page, context="#charts", options={"preload": False}).response["violations"]
    watch.allow("style-src|preload")  # of axe itself, which adds styles to look closer
    assert [f"{each['id']} {each['nodes'][0]['html'][:120]}" for each in violations] == []


def test_whoever_does_not_see_a_chart_has_its_name_its_summary_and_its_table(
    open_style_page: OpenStylePage,
) -> None:
    figure = open_style_page().locator("#chart-curve")
    expect(figure.get_by_role("img", name="High: resolved within 24 hours")).to_be_visible()
    expect(figure.locator("figcaption")).to_contain_text("87.4% of 113 cases")
    expect(figure.get_by_role("table")).to_be_hidden()
    figure.get_by_text("Show as a table").click()
    expect(figure.get_by_role("row", name="100.0% 87.4%")).to_be_visible()


def test_a_drawn_chart_follows_the_pages_own_light_and_dark(open_style_page: OpenStylePage) -> None:
    page = open_style_page()
    light = page.evaluate(STROKE)
    page.evaluate("document.documentElement.dataset.scheme = 'dark'")
    assert page.evaluate(STROKE) != light


def test_a_chart_grows_and_shrinks_with_its_place(open_style_page: OpenStylePage) -> None:
    page = open_style_page()
    before = page.locator("#chart-line svg").get_attribute("width")
    page.evaluate("document.querySelector('#chart-line').style.width = '250px'")
    expect(page.locator("#chart-line svg")).to_have_attribute("width", "250")
    page.evaluate("document.querySelector('#chart-line').style.width = ''")
    expect(page.locator("#chart-line svg")).to_have_attribute("width", str(before))


def test_a_chart_that_htmx_brings_is_drawn_too(open_style_page: OpenStylePage) -> None:
    page = open_style_page()
    page.evaluate(SWAP)
    expect(page.locator("#brought svg.marks")).to_be_visible()


def test_the_mouse_is_told_the_figures(open_style_page: OpenStylePage) -> None:
    page = open_style_page()
    page.locator("#chart-stacked .mark-rect path").first.hover()
    expect(page.locator(".vg-tooltip.visible")).to_contain_text("Promises")


def test_without_scripts_the_table_stands_open_in_place_of_a_chart(open_style_page: OpenStylePage) -> None:
    figure = open_style_page(java_script_enabled=False).locator("#chart-curve")
    expect(figure.get_by_role("img")).to_be_hidden()
    expect(figure.get_by_role("row", name="100.0% 87.4%")).to_be_visible()


def test_where_the_drawing_script_does_not_come_the_table_opens(
    open_page: Callable[..., Page], open_style_page: OpenStylePage, watch: Watch
) -> None:
    page = open_style_page()
    page.route("**/vega*.js", lambda route: route.abort())
    page.reload()
    figure = page.locator("#chart-curve")
    expect(figure.get_by_role("row", name="100.0% 87.4%")).to_be_visible()
    expect(figure.get_by_role("img")).to_be_hidden()
    watch.allow("vega|dynamically imported")
