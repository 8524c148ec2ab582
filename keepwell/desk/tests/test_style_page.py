"""The look in a real browser: nothing for axe to find, nothing too wide, and scripts that keep their word."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.test import Client
from playwright.sync_api import Page, expect

from keepwell.desk.tests.in_a_browser import LOOKS, OpenAs, half_of, keeps_nobody_out
from keepwell.desk.views.styleguide import SHELLS
from keepwell.journal.live import tell
from tests.cast import dana_at_elm_falls, maria_the_specialist
from tests.fixtures.server import open_streams

pytestmark = pytest.mark.journey

ADDRESSES = ["/desk/styleguide/", *(f"/desk/styleguide/{name}/" for name in SHELLS)]


@pytest.fixture
def style_page(open_as: OpenAs) -> Page:
    page = open_as(maria_the_specialist())
    page.goto("/desk/styleguide/")
    page.wait_for_load_state("networkidle")
    return page


@pytest.mark.parametrize(("scheme", "size"), LOOKS)
def test_no_page_of_the_look_keeps_anybody_out(
    open_as: OpenAs, scheme: str, size: dict[str, int], watch
) -> None:
    page = open_as(maria_the_specialist(), viewport=size, color_scheme=scheme)
    for address in half_of(ADDRESSES, scheme):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        assert not watch.errors
        keeps_nobody_out(page)
        watch.allow("style-src|preload")  # of axe itself, which adds styles to look closer


def test_a_customer_has_no_style_page(client: Client, db: None) -> None:
    client.force_login(dana_at_elm_falls())
    assert client.get("/desk/styleguide/").status_code == 404
    assert client.get("/desk/styleguide/list/").status_code == 404


def test_an_unknown_shell_is_not_found(client: Client, db: None) -> None:
    client.force_login(maria_the_specialist())
    assert client.get("/desk/styleguide/nothing/").status_code == 404


LISTENING = """(topic) => {
  const part = document.createElement("section");
  part.innerHTML = '<div id="heard" hx-get="/healthz" hx-trigger="live" hx-swap="innerHTML">quiet</div>';
  part.firstChild.dataset.live = topic;
  document.getElementById("main").append(part);
  htmx.process(part);
  htmx.trigger(part, "htmx:load", {elt: part});
}"""


def tells_until(page: Page, topic: str) -> None:
    """Tells it until the page has fetched its part again: the stream may still be opening at first."""
    for _ in range(40):
        with transaction.atomic():
            tell(topic, 1)
        page.wait_for_timeout(100)
        if page.locator("#heard").text_content() != "quiet":
            return
    pytest.fail(f"nothing was fetched after {topic} was told")


def test_a_part_of_the_page_fetches_itself_when_its_topic_is_told(style_page: Page) -> None:
    style_page.evaluate(LISTENING, "cases:0")
    tells_until(style_page, "cases:0")


def test_every_tab_hears_though_there_is_one_stream(style_page: Page, site_url: str) -> None:
    tabs = [style_page, *(style_page.context.new_page() for _ in range(9))]
    for tab in tabs[1:]:
        tab.goto(f"{site_url}/desk/styleguide/list/")
    for tab in tabs:
        tab.evaluate(LISTENING, "cases:0")
    for tab in tabs:
        tells_until(tab, "cases:0")


def test_what_was_typed_is_there_after_a_reload_and_gone_once_taken(style_page: Page) -> None:
    style_page.get_by_role("textbox", name="Reply to Dana Kessler").fill("I see the failed saves")
    style_page.reload()
    box = style_page.get_by_role("textbox", name="Reply to Dana Kessler")
    expect(box).to_have_value("I see the failed saves")
    expect(style_page.locator("[data-keep-state]")).to_contain_text("had written")
    box.fill("")
    style_page.reload()
    expect(box).to_have_value("")


def test_a_reply_can_be_taken_back_while_the_toast_lasts(style_page: Page) -> None:
    style_page.get_by_role("button", name="Reply sent, with undo").click()
    toast = style_page.locator("#toasts .toast")
    expect(toast.get_by_role("button", name="Undo")).to_be_visible()
    toast.get_by_role("button", name="Close").click()
    expect(toast).to_have_count(0)


def test_keys_act_and_never_while_somebody_types(style_page: Page) -> None:
    style_page.locator("h1").click()
    style_page.keyboard.press("r")
    reply = style_page.get_by_role("textbox", name="Reply to Dana Kessler")
    expect(reply).to_be_focused()
    style_page.keyboard.type("no jokes?")
    expect(reply).to_have_value("no jokes?")
    expect(style_page.locator("dialog#keys")).to_be_hidden()
    style_page.locator("h1").click()
    style_page.keyboard.press("?")
    expect(style_page.locator("dialog#keys")).to_be_visible()
    style_page.get_by_label("Single keys act at once on this device").uncheck()
    style_page.keyboard.press("Escape")
    style_page.locator("h1").click()
    style_page.keyboard.press("n")
    expect(style_page.get_by_role("textbox", name="Note for staff")).to_be_hidden()


def test_rows_are_walked_and_opened_by_keys(open_as: OpenAs) -> None:
    page = open_as(maria_the_specialist())
    page.goto("/desk/styleguide/list/")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Mobile crews get a blank map after sign-in")).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_url("**#case-8841")


def test_the_palette_finds_what_the_page_offers(style_page: Page) -> None:
    style_page.keyboard.press("Control+k")
    box = style_page.get_by_role("combobox", name="Search or run a command")
    expect(box).to_be_focused()
    box.fill("note")
    answer = style_page.get_by_role("option", name="Note")
    expect(answer).to_have_attribute("aria-selected", "true")
    style_page.keyboard.press("Enter")
    expect(style_page.get_by_role("textbox", name="Note for staff")).to_be_focused()


def test_focus_stays_where_it_was_after_a_swap(style_page: Page) -> None:
    style_page.evaluate(
        """() => {
          const box = document.createElement("div");
          box.id = "swapped";
          box.innerHTML = '<button type="button" name="again" hx-get="/desk/styleguide/list/" '
            + 'hx-select="#find" hx-target="#swapped" hx-swap="innerHTML">Again</button>';
          document.getElementById("main").append(box);
          htmx.process(box);
          box.firstChild.focus();
        }"""
    )
    style_page.keyboard.press("Enter")
    expect(style_page.locator("#swapped input")).to_be_visible()
    assert style_page.evaluate("document.activeElement.closest('#swapped') !== null")


def test_an_act_that_cannot_be_undone_asks_once(style_page: Page) -> None:
    style_page.get_by_role("button", name="Ask once").click()
    expect(style_page.get_by_role("heading", name="Remove the team Permits?")).to_be_visible()
    style_page.get_by_role("button", name="Cancel").last.click()
    expect(style_page.locator("dialog#confirm")).to_be_hidden()


def test_dark_is_chosen_at_once_and_kept(style_page: Page) -> None:
    style_page.get_by_role("button", name="Dark").click()
    assert style_page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
    style_page.reload()
    assert style_page.evaluate("document.documentElement.dataset.scheme") == "dark"


def test_the_choice_works_without_scripts(open_as: OpenAs) -> None:
    page = open_as(maria_the_specialist(), java_script_enabled=False)
    page.goto("/desk/styleguide/")
    page.get_by_role("button", name="Dark").click()
    expect(page.locator("html")).to_have_attribute("data-scheme", "dark")
    expect(page).to_have_url("/desk/styleguide/")


def test_clocks_stay_true_while_the_page_is_open(open_as: OpenAs) -> None:
    page = open_as(maria_the_specialist())
    page.clock.install()
    page.goto("/desk/styleguide/")
    soon = page.locator("#clocks .clock", has_text="Follow-up due in 1 h 5").or_(
        page.locator("#clocks .clock-soon").first
    )
    expect(soon).to_contain_text("due in 1 h 50")
    page.clock.run_for(20 * 60 * 1000)
    expect(soon).to_contain_text("due in 1 h 30")


def test_without_a_shared_worker_one_tab_leads_the_others(open_as: OpenAs, site_url: str) -> None:
    first = open_as(maria_the_specialist())
    first.context.add_init_script("delete window.SharedWorker")
    second = first.context.new_page()
    opened_by: set[Page] = set()
    first.context.on(
        "request", lambda asked: opened_by.add(asked.frame.page) if "/live/stream" in asked.url else None
    )
    for tab in (first, second):
        tab.goto(f"{site_url}/desk/styleguide/list/")
        tab.wait_for_load_state("networkidle")
        tab.evaluate(LISTENING, "cases:0")
    tells_until(first, "cases:0")
    tells_until(second, "cases:0")
    assert opened_by == {first}
    first.close()
    second.evaluate("document.getElementById('heard').textContent = 'quiet'")
    tells_until(second, "cases:0")


def test_after_a_break_what_was_missed_is_fetched_and_nothing_else(open_as: OpenAs) -> None:
    maria = maria_the_specialist()
    page = open_as(maria)
    page.goto("/desk/styleguide/list/")
    page.wait_for_load_state("networkidle")
    page.evaluate(LISTENING, "cases:0")
    tells_until(page, "cases:0")
    page.wait_for_timeout(700)  # what was told before may still be on its way
    for missed in ([], ["cases:0"]):
        page.evaluate("document.getElementById('heard').textContent = 'quiet'")
        before = open_streams()
        with transaction.atomic():
            tell(f"person:{maria.pk}", 1)  # the server ends the streams of a person whose rights changed
            for topic in missed:
                tell(topic, 1)
        for _ in range(100):
            if open_streams() - before:
                break
            page.wait_for_timeout(100)
        if missed:
            expect(page.locator("#heard")).not_to_have_text("quiet", timeout=8000)
        else:
            page.wait_for_timeout(500)
            expect(page.locator("#heard")).to_have_text("quiet")


def test_a_part_that_is_written_in_waits_until_that_is_over(style_page: Page) -> None:
    style_page.evaluate(LISTENING, "cases:0")
    tells_until(style_page, "cases:0")
    # What was told before may still be on its way.
    style_page.wait_for_timeout(700)
    style_page.evaluate("document.getElementById('heard').innerHTML = '<input id=typing value=quiet>'")
    style_page.locator("#typing").fill("half a sent")
    with transaction.atomic():
        tell("cases:0", 1)
    style_page.wait_for_timeout(600)
    expect(style_page.locator("#typing")).to_have_value("half a sent")
    style_page.locator("#typing").blur()
    expect(style_page.locator("#typing")).to_have_count(0)


def test_a_draft_that_cannot_be_saved_is_kept_here_and_says_so(style_page: Page, watch) -> None:
    asked: list[str] = []
    style_page.route("**/draft", lambda route: (asked.append(route.request.post_data or ""), route.abort()))
    style_page.locator("[data-keep=sample-reply]").evaluate("form => form.dataset.keepUrl = '/draft'")
    style_page.get_by_role("textbox", name="Reply to Dana Kessler").fill("Not yet sent")
    expect(style_page.locator("[data-keep-state]")).to_contain_text("Kept on this device")
    assert "Not yet sent" in asked[0]
    watch.allow("ERR_FAILED")
    style_page.reload()
    expect(style_page.get_by_role("textbox", name="Reply to Dana Kessler")).to_have_value("Not yet sent")


def test_undo_is_sent_once_and_the_toast_goes(style_page: Page) -> None:
    asked: list[str] = []
    style_page.route("**/undo", lambda route: (asked.append(route.request.method), route.fulfill(status=204)))
    style_page.evaluate(
        "document.body.dispatchEvent(new CustomEvent('toast', "
        "{bubbles: true, detail: {words: 'Sent', undo: '/undo', seconds: 10}}))"
    )
    style_page.locator("h1").click()
    style_page.keyboard.press("z")
    expect(style_page.locator("#toasts .toast")).to_have_count(0)
    assert asked == ["POST"]


def test_what_the_server_refused_is_said_in_words(style_page: Page, watch) -> None:
    style_page.route("**/nowhere", lambda route: route.fulfill(status=403))
    style_page.get_by_role("button", name="Ask once").click()
    style_page.get_by_role("button", name="Yes, go on").click()
    expect(style_page.locator("#toasts .toast-bad")).to_contain_text(
        "You may not do that. Nothing was changed."
    )
    watch.allow("403")


def test_files_are_sent_one_by_one_and_refused_one_by_one(style_page: Page, watch) -> None:
    def answer(route) -> None:
        if b"crew-list.exe" in (route.request.post_data_buffer or b""):
            route.fulfill(status=422, content_type="text/plain", body="Programs are not taken")
        else:
            route.fulfill(
                body='<li class="file">plan.pdf <input type="hidden" name="attachment" value="7"></li>'
            )

    style_page.route("**/attach", answer)
    style_page.locator("[data-upload]").evaluate("place => place.dataset.upload = '/attach'")
    files = [{"name": name, "mimeType": "x/y", "buffer": b"1"} for name in ("plan.pdf", "crew-list.exe")]
    style_page.locator("#sample-files").set_input_files(files)
    expect(style_page.locator("[data-upload] input[name=attachment]")).to_have_value("7")
    expect(style_page.locator("[data-upload] .file-refused")).to_contain_text("Programs are not taken")
    watch.allow("422")


def test_files_that_go_with_the_form_can_be_left_out_again(style_page: Page) -> None:
    files = [{"name": name, "mimeType": "text/plain", "buffer": b"1"} for name in ("a.txt", "b.txt")]
    style_page.locator("#sample-files").set_input_files(files)
    style_page.get_by_role("button", name="Remove a.txt").click()
    names = style_page.locator("#sample-files").evaluate("input => [...input.files].map(file => file.name)")
    assert names == ["b.txt"]


def test_the_marks_of_meaning_stay_where_colours_are_forced(open_as: OpenAs) -> None:
    page = open_as(maria_the_specialist(), forced_colors="active")
    page.goto("/desk/styleguide/list/")
    bars = page.locator(".severity-high").first.evaluate("mark => getComputedStyle(mark).backgroundImage")
    assert "gradient" in bars
    assert page.locator(".chip").first.evaluate("chip => getComputedStyle(chip).borderTopWidth") == "1px"


def test_a_list_that_fetches_itself_again_keeps_ticks_and_place(open_as: OpenAs) -> None:
    page = open_as(maria_the_specialist())
    page.goto("/desk/styleguide/list/")
    page.wait_for_load_state("networkidle")
    page.get_by_label("Select case 8829").check()
    page.keyboard.press("j")
    page.evaluate("document.getElementById('sample-rows').dataset.old = 'yes'")
    page.evaluate(
        "htmx.ajax('GET', location.href, {target: '#sample-rows', select: '#sample-rows', swap: 'outerHTML'})"
    )
    expect(page.locator("#sample-rows:not([data-old])")).to_be_visible()
    expect(page.get_by_label("Select case 8829")).to_be_checked()
    expect(page.get_by_label("Select case 8841")).not_to_be_checked()
