"""Two people at one case, in two browsers: what one does the other sees, and nothing typed is lost."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Page, expect

from keepwell.cases.tests.elm_falls import now
from keepwell.cases.verbs.noting import add_note
from keepwell.conversations.models import Draft, Message
from keepwell.conversations.words import Words
from keepwell.desk.tests.case.scene import the_case
from keepwell.people.models import User
from tests import cast
from tests.fixtures.server import open_streams

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]
# At once for people; a loaded machine that runs the tests takes its time.
SOON_MS = 10_000
# What the browser says of an answer that refuses, or tells of a clash.
REFUSED = r"status of (409|422)"
# The checker fetches style sheets by itself, at addresses that are none while the look is in parts.
CHECKERS_OWN = r"\.css"


@pytest.fixture
def case() -> Any:
    return the_case()


@pytest.fixture
def at_case(open_page: Any, site_url: str, case: Any) -> Any:
    """Opens the case in a browser of its own, signed in as this person."""

    def opened(who: User, **options: Any) -> Page:
        page = open_page(**options)
        client = Client()
        client.force_login(who)
        cookies = [{"name": key, "value": one.value, "url": site_url} for key, one in client.cookies.items()]
        page.context.add_cookies(cookies)
        page.goto(f"/desk/cases/{case.number}/")
        return page

    return opened


def test_what_one_says_the_other_sees_without_losing_what_he_types(at_case):
    theo, maria = at_case(cast.theo_at_level_two()), at_case(cast.maria_the_specialist())
    theo.fill("#reply-body", "Half of what I want to say")
    expect(maria.locator("#case-presence")).to_contain_text("Theo Lindqvist is writing", timeout=SOON_MS)
    maria.click("#tab-note")
    maria.fill("#note-body", "I called Dana: two crews are left.")
    maria.keyboard.press("Control+Enter")
    expect(theo.locator("#thread")).to_contain_text("two crews are left", timeout=SOON_MS)
    expect(maria.locator("#note-body")).to_have_value("")
    assert theo.input_value("#reply-body") == "Half of what I want to say"
    expect(theo.locator("#reply-form [contenteditable=true]")).to_be_focused()


def test_an_answer_is_taken_back_with_its_words(at_case):
    page = at_case(cast.theo_at_level_two())
    page.fill("#reply-body", "Too early.")
    page.click("button[data-sends]")
    expect(page.locator(".toast")).to_contain_text("It leaves in a moment.")
    expect(page.locator("#thread")).to_contain_text("Too early.", timeout=SOON_MS)
    expect(page.locator("#reply-body")).to_have_value("")
    page.fill("#reply-body", "Begun since.")
    page.locator(".toast").get_by_role("button", name="Undo").click()
    expect(page.locator("#reply-body")).to_have_value("Too early.\n\nBegun since.", timeout=SOON_MS)
    expect(page.locator("#thread")).not_to_contain_text("Too early.", timeout=SOON_MS)
    assert Message.objects.latest("pk").state == "undone"


def test_a_draft_is_there_after_the_page_is_loaded_again(at_case):
    page = at_case(cast.theo_at_level_two())
    page.fill("#reply-body", "Not yet finished")
    expect(page.locator("#reply-form [data-keep-state]")).to_have_text("Draft saved", timeout=SOON_MS)
    assert Draft.objects.get().body == "Not yet finished"
    page.evaluate("localStorage.clear()")
    page.reload()
    expect(page.locator("#reply-body")).to_have_value("Not yet finished")


def test_sent_once_it_does_not_come_back_with_the_next_page(at_case):
    page = at_case(cast.theo_at_level_two())
    page.fill("#reply-body", "Said once.")
    page.click("button[data-sends]")
    expect(page.locator("#reply-body")).to_have_value("")
    page.reload()
    expect(page.locator("#reply-body")).to_have_value("")


def test_who_writes_is_told_of_what_came_meanwhile(at_case):
    theo, maria = at_case(cast.theo_at_level_two()), at_case(cast.maria_the_specialist())
    theo.fill("#reply-body", "My answer")
    maria.fill("#reply-body", "I was quicker.")
    maria.click("button[data-sends]")
    told = theo.locator("#reply-news")
    expect(told).to_contain_text("This changed while you were writing", timeout=SOON_MS)
    expect(told).to_contain_text("I was quicker.")
    expect(theo.locator("#reply-body")).to_have_value("My answer")
    theo.click("button[data-sends]")
    expect(theo.locator("#reply-body")).to_have_value("", timeout=SOON_MS)


def test_keys_reach_the_acts_and_a_dialog_keeps_what_was_typed(at_case, watch):
    page = at_case(cast.theo_at_level_two())
    page.locator(".case-main").focus()
    page.keyboard.press("n")
    box = page.locator("#note-form [contenteditable=true]")
    expect(box).to_be_focused()
    box.blur()
    page.keyboard.press("e")
    page.fill("#case-act #id_known", "Saving fails since this morning")
    page.click("#case-act .button-main")
    expect(page.locator("#case-act")).to_contain_text("Say it in a few words at least.")
    expect(page.locator("#case-act #id_known")).to_have_value("Saving fails since this morning")
    watch.allow(REFUSED)


def test_anothers_act_shows_at_once(at_case):
    theo, maria = at_case(cast.theo_at_level_two()), at_case(cast.maria_the_specialist())
    theo.get_by_role("link", name="Resolve").click()
    theo.click("#case-act .button-main")
    expect(theo.locator(".toast")).to_contain_text("Resolved.")
    expect(maria.locator("#case-head")).to_contain_text("Resolved", timeout=SOON_MS)
    expect(maria.locator("#case-head").get_by_role("link", name="Resolve")).to_have_count(0)


@pytest.mark.parametrize("is_second_tab", [False, True])
def test_what_happens_before_a_page_listens_is_seen_all_the_same(at_case, case, is_second_tab):
    page = at_case(cast.theo_at_level_two())
    expect(page.locator("#thread")).to_be_visible()
    if is_second_tab:  # the stream that it finds stands already, and carries its topics
        page = page.context.new_page()

    def say_it_now(route: Any) -> None:
        note = Words(body="Said while the page came up.")
        add_note(now(case), note, by=cast.maria_the_specialist())
        route.continue_()

    page.route("**/kit/js/live.js", say_it_now, times=1)
    page.goto(f"/desk/cases/{case.number}/")
    expect(page.locator("#thread")).to_contain_text("Said while the page came up.", timeout=SOON_MS)


def test_ten_tabs_hear_by_one_stream_and_can_still_ask(at_case, case, site_url):
    first = at_case(cast.theo_at_level_two())
    tabs = [first, *(first.context.new_page() for _ in range(9))]
    for tab in tabs[1:]:
        tab.goto(f"{site_url}/desk/cases/{case.number}/")
    add_note(now(case), Words(body="For every tab."), by=cast.maria_the_specialist())
    for tab in tabs:
        expect(tab.locator("#thread")).to_contain_text("For every tab.", timeout=SOON_MS)
    until_one_stream_stands(first)


def until_one_stream_stands(page: Page) -> None:
    """Those that were replaced have ended; fails where there are more, or none."""
    for _attempt in range(100):
        if len(open_streams()) == 1:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{len(open_streams())} streams stand open")


def test_a_file_is_attached_with_the_answer(at_case):
    page = at_case(cast.theo_at_level_two())
    files = [{"name": "locks.txt", "mimeType": "text/plain", "buffer": b"pid 42 waits"}]
    page.set_input_files("#reply-files", files=files)
    expect(page.locator("#reply-form .files")).to_contain_text("locks.txt", timeout=SOON_MS)
    page.fill("#reply-body", "See the list.")
    page.click("button[data-sends]")
    expect(page.locator("#thread")).to_contain_text("locks.txt", timeout=SOON_MS)


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (390, "dark")])
def test_nothing_keeps_anybody_out(at_case, watch, width, scheme):
    looks = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    page = at_case(cast.theo_at_level_two(), **looks, bypass_csp=True)
    assert Axe().run(page).violations_count == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.locator("#case-head").get_by_role("link", name="Escalate").click()
    expect(page.locator("#case-act")).to_be_visible()
    assert Axe().run(page).violations_count == 0
    watch.allow(CHECKERS_OWN)


def test_without_scripts_a_case_is_worked_all_the_same(at_case, watch):
    page = at_case(cast.theo_at_level_two(), java_script_enabled=False)
    page.fill("#reply-body", "Written without scripts.")
    page.click("button[data-sends]")
    expect(page.locator("#thread")).to_contain_text("Written without scripts.")
    page.click("#tab-note")
    page.fill("#note-body", "Noted without scripts.")
    page.click("#note-form .button-main")
    expect(page.locator("#thread")).to_contain_text("Noted without scripts.")
    page.get_by_role("link", name="Escalate").click()
    page.fill("#id_known", "It is known")
    page.click(".button-main")
    expect(page.locator("#id_known")).to_have_value("It is known")
    watch.allow(REFUSED)
