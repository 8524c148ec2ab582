"""The box with its text formatted, in a browser: what is typed, pasted, kept, sent and read."""

from __future__ import annotations

import base64
import struct
import zlib
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from keepwell.conversations.models import Draft, Message, Note
from keepwell.conversations.verbs.releasing import release
from keepwell.desk.tests.case.scene import the_case
from keepwell.files.models import Attachment
from keepwell.outbox.models import Outgoing
from tests import cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]
# At once for people; a loaded machine that runs the tests takes its time.
SOON_MS = 10_000
REPLY = "#reply-form [contenteditable=true]"
NOTE = "#note-form [contenteditable=true]"
CHECKERS_OWN = r"\.css"
PASTE = """([selector, given]) => {
  const data = new DataTransfer();
  for (const [type, text] of Object.entries(given.text ?? {})) data.setData(type, text);
  for (const [name, type, body] of given.files ?? []) {
    data.items.add(new File([Uint8Array.from(atob(body), (sign) => sign.charCodeAt(0))], name, { type }));
  }
  const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  document.querySelector(selector).dispatchEvent(event);
}"""


def _png(width: int = 60, height: int = 40) -> bytes:
    """A real one, of one colour."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    rows = (b"\0" + b"\x20\x80\x80" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


PNG = _png()


def paste(page: Page, selector: str, *, text: dict[str, str] | None = None, **files: bytes) -> None:
    """As the browser tells of it: words by their type, files by their name."""
    given = [
        [name.replace("_", "."), "image/png", base64.b64encode(body).decode()] for name, body in files.items()
    ]
    page.evaluate(PASTE, [selector, {"text": text or {}, "files": given}])


@pytest.fixture
def case() -> Any:
    return the_case()


@pytest.fixture
def at_case(open_as: Any, case: Any) -> Any:
    def opened(**options: Any) -> Page:
        page = open_as(cast.theo_at_level_two(), **options)
        page.goto(f"/desk/cases/{case.number}/")
        return page

    return opened


def formatted(page: Page, box: str = "reply") -> Page:
    """The box of this page, once it shows formats."""
    page.focus(f"#{box}-body")
    expect(page.locator(f"#{box}-form [contenteditable=true]")).to_be_focused(timeout=SOON_MS)
    return page


def is_kept(page: Page, box: str = "reply") -> None:
    expect(page.locator(f"#{box}-form [data-keep-state]")).to_have_text("Draft saved", timeout=SOON_MS)


def kept(body: str) -> str:
    """A browser sends each line end as two signs."""
    return body.replace("\r\n", "\n")


def left() -> EmailMessage:
    release(Message.objects.latest("pk"))
    raw = Outgoing.objects.latest("pk").raw
    return message_from_bytes(bytes(raw), policy=policy.default)


def test_an_answer_is_written_with_formats_and_a_picture_and_leaves_as_it_was_seen(at_case, case):
    page = formatted(at_case())
    page.keyboard.type("It is the ")
    page.keyboard.press("Control+b")
    page.keyboard.type("driver")
    page.keyboard.press("Control+b")
    page.keyboard.type(":")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="List", exact=True).click()
    page.keyboard.type("stop it")
    page.keyboard.press("Enter")
    page.keyboard.type("start it")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    paste(page, REPLY, pump_png=PNG)
    expect(page.locator(f"{REPLY} img[data-picture]")).to_be_visible(timeout=SOON_MS)
    number = Attachment.objects.latest("pk").pk
    words = f"It is the **driver**:\n\n- stop it\n- start it\n\n![pump.png](/files/{number})"
    expect(page.locator("#reply-body")).to_have_value(words)
    is_kept(page)
    assert kept(Draft.objects.get().body) == words

    page.evaluate("localStorage.clear()")
    page.reload()
    expect(page.locator(f"{REPLY} strong")).to_have_text("driver", timeout=SOON_MS)
    expect(page.locator(f"{REPLY} li")).to_have_count(2)
    expect(page.locator("#reply-body")).to_have_value(words)
    page.click("#reply-form button[data-sends]")
    said = page.locator("#thread .message-ours").filter(has_text="driver").last
    expect(said.locator("strong")).to_have_text("driver", timeout=SOON_MS)
    shown = said.locator(".prose img")
    expect(shown).to_be_visible()
    assert shown.evaluate("image => image.decode().then(() => image.naturalWidth)") == 60
    assert shown.get_attribute("src") == (
        f"/desk/cases/{case.number}/messages/{Message.objects.latest('pk').pk}/files/{number}/"
    )
    assert kept(Message.objects.latest("pk").body) == words

    mail = left()
    html = mail.get_body(("html",)).get_content()
    assert "<strong>driver</strong>" in html
    [picture] = [part for part in mail.walk() if part.get_content_type() == "image/png"]
    assert picture.get_content() == PNG
    assert f'src="cid:{picture["Content-ID"].strip("<>")}"' in html
    assert "/files/" not in html
    assert "[Picture: pump.png]" in mail.get_body(("plain",)).get_content()


def test_a_note_is_formatted_too_and_its_picture_stays_among_staff(at_case, case):
    page = at_case()
    page.click("#tab-note")
    page.focus("#note-body")
    expect(page.locator(NOTE)).to_be_focused(timeout=SOON_MS)
    page.keyboard.type("Look at ")
    paste(page, NOTE, inside_png=PNG)
    expect(page.locator(f"{NOTE} img[data-picture]")).to_be_visible(timeout=SOON_MS)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#thread .message-note img")).to_be_visible(timeout=SOON_MS)
    expect(page.locator(NOTE)).to_be_focused(timeout=SOON_MS)
    note = Note.objects.latest("pk")
    src = page.locator("#thread .message-note img").get_attribute("src")
    assert src.startswith(f"/desk/cases/{case.number}/notes/{note.pk}/files/")


def test_an_answer_that_is_taken_back_stands_in_the_box_with_its_formats(at_case):
    page = formatted(at_case())
    page.keyboard.type("Too ")
    page.keyboard.press("Control+i")
    page.keyboard.type("early.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".toast")).to_contain_text("It leaves in a moment.", timeout=SOON_MS)
    expect(page.locator("#reply-body")).to_have_value("")
    page.locator(".toast").get_by_role("button", name="Undo").click()
    expect(page.locator(f"{REPLY} em")).to_have_text("early.", timeout=SOON_MS)
    expect(page.locator("#reply-body")).to_have_value("Too *early.*")


def test_a_crash_in_the_middle_loses_nothing_that_was_typed(at_case):
    page = formatted(at_case())
    page.keyboard.type("Half of ")
    page.keyboard.press("Control+b")
    page.keyboard.type("it")
    page.context.new_page().goto(page.url)
    other = page.context.pages[-1]
    expect(other.locator("#reply-body")).to_have_value("Half of **it**", timeout=SOON_MS)
    expect(other.locator(f"{REPLY} strong")).to_have_text("it", timeout=SOON_MS)


def test_a_draft_that_was_typed_plainly_is_not_changed_by_opening_it(at_case):
    plain = "*  one\n*  two\n\nSetext\n===\n\nand __bold__"
    page = at_case()
    page.evaluate("localStorage.setItem('keepwell:plain-box', '1')")
    page.reload()
    page.fill("#reply-body", plain)
    is_kept(page)
    page.evaluate("localStorage.clear()")
    page.reload()
    expect(page.locator(f"{REPLY} li")).to_have_count(2, timeout=SOON_MS)
    assert page.input_value("#reply-body") == plain
    assert kept(Draft.objects.get().body) == plain


def test_what_the_box_cannot_keep_stays_in_the_plain_box(at_case):
    page = at_case()
    page.fill("#reply-body", "| a | b |\n|---|---|\n| 1 | 2 |")
    expect(page.locator("#reply-form .rich-refused")).to_contain_text(
        "stays in the plain box", timeout=SOON_MS
    )
    expect(page.locator("#reply-body")).to_be_visible()
    expect(page.locator(REPLY)).to_have_count(0)


def test_who_prefers_the_plain_box_keeps_it(at_case):
    page = formatted(at_case())
    page.keyboard.type("Some ")
    page.keyboard.press("Control+b")
    page.keyboard.type("words")
    page.locator("#reply-form").get_by_role("button", name="Plain text").click()
    expect(page.locator("#reply-body")).to_be_focused()
    expect(page.locator("#reply-body")).to_have_value("Some **words**")
    page.reload()
    page.focus("#reply-body")
    way = page.locator("#reply-form").get_by_role("button", name="Write with formats")
    expect(way).to_be_visible()
    expect(page.locator(REPLY)).to_have_count(0)
    way.click()
    expect(page.locator(f"{REPLY} strong")).to_have_text("words", timeout=SOON_MS)


def test_where_the_script_does_not_load_the_plain_box_works(at_case, watch):
    page = at_case()
    page.route("**/django_prose_editor/**", lambda route: route.abort())
    page.fill("#reply-body", "Written **plainly**.")
    page.click("#reply-form button[data-sends]")
    expect(page.locator("#thread strong").last).to_have_text("plainly", timeout=SOON_MS)
    watch.allow("net::ERR_FAILED")


def test_a_picture_that_is_refused_says_so_and_leaves_the_words(at_case, watch):
    page = formatted(at_case())
    page.keyboard.type("See ")
    paste(page, REPLY, pump_png=b"")
    expect(page.locator("#reply-form .file-refused")).to_contain_text("pump.png", timeout=SOON_MS)
    expect(page.locator(f"{REPLY} :is(img[data-picture], .rich-waits)")).to_have_count(0)
    expect(page.locator("#reply-body")).to_have_value("See")
    watch.allow("status of 422")


def test_a_picture_goes_from_the_words_when_its_file_is_taken_out(at_case):
    page = formatted(at_case())
    page.keyboard.type("See ")
    paste(page, REPLY, pump_png=PNG)
    expect(page.locator(f"{REPLY} img[data-picture]")).to_be_visible(timeout=SOON_MS)
    page.get_by_role("button", name="Remove pump.png").click()
    expect(page.locator(f"{REPLY} img[data-picture]")).to_have_count(0, timeout=SOON_MS)
    expect(page.locator("#reply-body")).to_have_value("See")


def test_nothing_is_sent_while_a_picture_is_on_its_way(at_case):
    page = formatted(at_case())
    held: list[Any] = []
    page.route("**/drafts/reply/files/", lambda route: held.append(route))
    page.keyboard.type("See ")
    paste(page, REPLY, pump_png=PNG)
    expect(page.locator(f"{REPLY} .rich-waits")).to_have_text("pump.png")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#reply-form [data-keep-state]")).to_contain_text("still on its way")
    held[0].continue_()
    expect(page.locator(f"{REPLY} img[data-picture]")).to_be_visible(timeout=SOON_MS)
    page.keyboard.press("Control+Enter")
    expect(page.locator("#thread .prose img").last).to_be_visible(timeout=SOON_MS)


HOSTILE = (
    '<p onclick="alert(1)">Words <b style="background:url(https://evil.example/b)">bold</b>'
    "<style>p{background:url(https://evil.example/s)}</style><script>window.hit = 1</script>"
    '<img src="https://evil.example/p.gif" onerror="window.hit = 1">'
    '<a href="javascript:window.hit = 1">go</a></p>'
)


def test_pasted_words_bring_neither_scripts_nor_pictures_of_others(at_case, watch):
    page = formatted(at_case())
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    paste(page, REPLY, text={"text/html": HOSTILE, "text/plain": "Words bold go"})
    expect(page.locator("#reply-body")).to_have_value("Words **bold**go")
    is_kept(page)
    assert page.evaluate("window.hit") is None
    assert not [url for url in asked if "evil.example" in url]


def test_words_that_bring_a_picture_of_themselves_are_pasted_as_words(at_case):
    page = formatted(at_case())
    text = {"text/html": "<p>From <b>Word</b></p>", "text/plain": "From Word"}
    paste(page, REPLY, text=text, image_png=PNG)
    expect(page.locator("#reply-body")).to_have_value("From **Word**")
    assert not Attachment.objects.filter(name="image.png").exists()


def test_pasted_lines_stay_lines(at_case):
    page = formatted(at_case())
    paste(page, REPLY, text={"text/plain": "one\ntwo\n\nthree"})
    expect(page.locator("#reply-body")).to_have_value("one\ntwo\n\nthree")


def test_a_link_is_set_by_the_keyboard(at_case):
    page = formatted(at_case())
    page.keyboard.type("read")
    page.keyboard.press("Shift+Home")
    page.wait_for_function("getSelection().toString() === 'read'")
    page.keyboard.press("Control+Shift+k")
    expect(page.get_by_label("Where the link leads")).to_be_focused()
    page.keyboard.type("example.org/how")
    page.keyboard.press("Enter")
    expect(page.locator("#reply-body")).to_have_value("[read](https://example.org/how)")
    expect(page.locator(REPLY)).to_be_focused()


def test_the_palette_keeps_its_key_and_single_keys_are_typed(at_case):
    page = formatted(at_case())
    page.keyboard.type("rne?")
    expect(page.locator("#reply-body")).to_have_value("rne?")
    page.keyboard.press("Control+k")
    expect(page.locator("#palette")).to_be_visible()


def test_the_tools_are_one_stop_and_say_what_is_on(at_case):
    page = formatted(at_case())
    page.keyboard.press("Control+b")
    bold = page.locator("#reply-form").get_by_role("button", name="Bold")
    expect(bold).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Tab")
    expect(bold).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#reply-form").get_by_role("button", name="Italic")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#reply-files")).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_the_box_keeps_nobody_out(at_case, watch, scheme, width):
    looks = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme}
    page = formatted(at_case(**looks, bypass_csp=True))
    page.keyboard.type("## What we did\nIt is `done`.")
    page.keyboard.press("Control+Shift+8")
    page.keyboard.press("Control+Shift+k")
    expect(page.get_by_label("Where the link leads")).to_be_focused()
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    watch.allow(CHECKERS_OWN)
