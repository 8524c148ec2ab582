"""A customer in the portal: what he types outlives everything, and an answer comes without a reload."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from keepwell.cases.tests.elm_falls import NINE, answer, now, open_for
from tests import cast
from tests.access.scene import following
from tests.journeys.people import let_in

pytestmark = pytest.mark.django_db(transaction=True)
# What keeps drafts is fetched once the page stands.
IS_KEEPING = "performance.getEntriesByType('resource').some(({ name }) => name.includes('drafts'))"
WORDS = "It still prints blank pages."


def wait_until_kept(page: Page) -> None:
    """Until the module that keeps drafts is there. Asked from outside: the page's policy forbids eval."""
    for _attempt in range(200):
        if page.evaluate(IS_KEEPING):
            return
        page.wait_for_timeout(50)
    raise AssertionError("the drafts are not kept")


def test_a_case_is_followed_answered_and_closed(open_page, watch, site_url, clock_at):
    clock_at(NINE)
    cast.the_guidelines()
    dana, maria = cast.dana_at_elm_falls(), cast.maria_the_specialist()
    case = open_for(dana)
    page = open_page()
    let_in(page, dana, site_url)

    page.goto("/portal/")
    page.get_by_role("link", name="The printer is silent").click()
    box = page.get_by_label("Write to us")
    wait_until_kept(page)
    with page.expect_response(re.compile("/draft/")):
        box.press_sequentially(WORDS)
    answer(now(case), maria, NINE)
    expect(page.get_by_text("We look into it.")).to_be_visible()
    expect(box).to_have_value(WORDS)

    page.reload()
    expect(box).to_have_value(WORDS)
    page.set_input_files("#reply-files", {"name": "run.exe", "mimeType": "x/y", "buffer": b"MZ\x90\x00"})
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("run.exe")
    expect(box).to_have_value(WORDS)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#case-thread")).to_contain_text(WORDS)
    expect(box).to_have_value("")

    page.get_by_role("button", name="We need nothing any more").click()
    expect(page.locator("#case-standing")).to_contain_text("Closed")
    watch.allow("422")


def test_who_follows_by_a_code_sees_an_answer_without_a_reload(open_page, site_url, clock_at):
    clock_at(NINE)
    cast.the_guidelines()
    dana, maria = cast.dana_at_elm_falls(), cast.maria_the_specialist()
    case = open_for(dana)
    page = open_page()
    follow = following(case, dana.contact).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": follow, "url": site_url}])
    page.goto(f"/portal/cases/{case.number}/")
    expect(page.locator("#case-thread")).to_be_visible()
    answer(now(case), maria, NINE)
    expect(page.get_by_text("We look into it.")).to_be_visible()
