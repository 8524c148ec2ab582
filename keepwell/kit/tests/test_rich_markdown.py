"""What the formatted box makes is Markdown that says the same, read again as often as one likes."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.templatetags.static import static
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from keepwell.kit.markup import html
from keepwell.kit.tests.rich_docs import WITH_ADDRESSES, Doc, docs, seen
from tests.fixtures.browser import Watch

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("browser")]

LOAD = """async ({ editor, rich, written }) => {
  const { Editor, createDocument } = await import(editor);
  const { extensions, loaded, parseOptions } = await import(rich);
  const { markdown } = await import(written);
  const element = document.createElement("div");
  const made = new Editor({ element, extensions: extensions(), injectCSS: false });
  window.write = (doc) => {
    const node = made.schema.nodeFromJSON(doc);
    node.check();
    return markdown(node);
  };
  window.read = (html) => {
    const node = createDocument(loaded(html), made.schema, parseOptions);
    return [markdown(node), node.toJSON()];
  };
}"""


class Box:
    """The editor of the box, with nothing around it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        names = {"editor": "django_prose_editor/editor.js", "rich": "kit/js/rich-editor.js"}
        given = {**names, "written": "kit/js/rich-markdown.js"}
        page.evaluate(LOAD, {name: static(path) for name, path in given.items()})

    def write(self, doc: Doc) -> str:
        return str(self.page.evaluate("(doc) => write(doc)", doc))

    def read(self, shown: str) -> tuple[str, Doc]:
        """The Markdown and the text of the box that was given this HTML."""
        source, doc = self.page.evaluate("(html) => read(html)", shown)
        return source, doc


@pytest.fixture
def box(open_page: Callable[..., Page], watch: Watch) -> Box:
    page = open_page(bypass_csp=True)
    page.goto("/")
    watch.allow("status of 404")  # nobody has set this installation up
    return Box(page)


of_a_box = settings(
    max_examples=120,
    deadline=None,
    # The same in every run: a browser is no place to look for what nobody has seen yet.
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@of_a_box
@given(doc=docs())
def test_what_was_formatted_is_read_as_it_was_formatted(box: Box, doc: Doc) -> None:
    source = box.write(doc)
    again, read = box.read(html(source))
    assert seen(read) == seen(doc), source
    assert html(again) == html(source), (source, again)


@of_a_box
@given(doc=docs(WITH_ADDRESSES))
def test_addresses_that_become_links_stay_what_they_are(box: Box, doc: Doc) -> None:
    source = box.write(doc)
    again, _doc = box.read(html(source))
    assert as_one(html(again)) == as_one(html(source)), (source, again)


def as_one(shown: str) -> str:
    """Two links beside each other that lead to one place are one: the box makes them so."""
    while (joined := SAME_PLACE.sub(r"\1", shown)) != shown:
        shown = joined
    return shown


SAME_PLACE = re.compile(r'(<a href="([^"]*)"[^>]*>(?:(?!</a>).)*)</a><a href="\2"[^>]*>')
LINES = [
    "",
    "",
    "a",
    "**b** _c_",
    "- d",
    "- e",
    "  - f",
    "1. g",
    "3. h",
    "> i",
    "> - j",
    "# k",
    "```",
    "    l",
    "---",
]
MORE = [
    "![m](/files/1)",
    "[n](https://example.org)",
    "`o`",
    "p\\",
    "https://example.org/q_r",
    "~~s~~",
    "* t",
    "***",
]


@of_a_box
@given(source=st.lists(st.sampled_from(LINES + MORE), max_size=9).map("\n".join))
def test_what_was_typed_plainly_says_the_same_once_it_was_formatted(box: Box, source: str) -> None:
    first, _doc = box.read(html(source))
    again, _doc = box.read(html(first))
    assert again == first
    assert words(html(first)) == words(html(source))


def words(shown: str) -> str:
    """Without the space between tags, and without paragraphs in lists, which are space to a reader."""
    for tag in ("<p>", "</p>", "<br>"):
        shown = shown.replace(tag, " ")
    return " ".join(shown.replace(">", "> ").replace("<", " <").split())


PLAIN = [
    "Hello Dana,\nit is the driver.\n\n- one\n- two\n\n1. first\n2. second",
    "See https://example.org/a_b, and (https://example.org).",
    "Run `pg_dump -f x.sql` in C:\\data, then [read](https://example.org/x).",
    "snake_case_name, 3 * 4 = 12, ~/.ssh/config, a & b, 5 < 6, #12, e.g. [1] and item [x]",
    "> quoted\n> twice\n\n**Known:** `504`\n\n```\nlog  line\n\tindented\n```",
    "### What we did\n\n1. We stopped it.\n   - At night.\n2. We started it.",
    "![pump.png](/files/12)",
]


def test_common_text_is_written_as_people_write_it(box: Box) -> None:
    assert [box.read(html(source))[0] for source in PLAIN] == PLAIN


SMUGGLED: list[Any] = [
    ("<p>a<script>alert(1)</script></p>", "a"),
    ('<p onclick="alert(1)" style="position:fixed">a</p>', "a"),
    ('<a href="javascript:alert(1)">a</a>', "a"),
    ('<a href="data:text/html,x">a</a>', "a"),
    ('<a href=" jav&#x09;ascript:alert(1)">a</a>', "a"),
    ('<p>a<img src="https://evil.example/p.gif"></p>', "a"),
    ('<p>a<img src="data:image/png;base64,AAAA"></p>', "a"),
    ('<p>a<img src="//evil.example/files/1"></p>', "a"),
    ('<p>a<svg onload="alert(1)"><use href="//evil.example"/></svg></p>', "a"),
    ('<p>a<iframe src="//evil.example"></iframe></p>', "a"),
    ("<p>a<style>body{background:url(//evil.example)}</style></p>", "a"),
    ('<p><b style="background:url(//evil.example)">a</b></p>', "**a**"),
]


def test_nothing_is_smuggled_through_the_box(box: Box) -> None:
    assert [(shown, box.read(shown)[0]) for shown, _source in SMUGGLED] == SMUGGLED
