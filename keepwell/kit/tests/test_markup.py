"""What people write is shown, and can do nothing."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.utils.html import strip_tags

from keepwell.kit.markup import clean, excerpt, html, plain, typed

REL = 'rel="nofollow noopener noreferrer"'

AND = "https://example.org/a?b=1&amp;c=2"

SHOWN = [
    ("one\ntwo", "<p>one<br>\ntwo</p>"),
    ("**Known:** `504`", "<p><strong>Known:</strong> <code>504</code></p>"),
    ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
    ("3 < 5 & 7 > 2", "<p>3 &lt; 5 &amp; 7 &gt; 2</p>"),
    ("[a](https://example.org/x)", f'<p><a href="https://example.org/x" {REL}>a</a></p>'),
    (
        "See https://example.org/a?b=1&c=2, please.",
        f'<p>See <a href="{AND}" {REL}>{AND}</a>, please.</p>',
    ),
    ("![plan](/files/12)", '<p><img src="/files/12" alt="plan"></p>'),
    (
        "![plan](https://evil.example/p.png)",
        f'<p><a href="https://evil.example/p.png" {REL}>plan</a></p>',
    ),
    ("`https://example.org` stays", "<p><code>https://example.org</code> stays</p>"),
]


@pytest.mark.parametrize(("source", "shown"), SHOWN)
def test_markdown_is_shown_as_it_was_meant(source: str, shown: str) -> None:
    assert html(source).strip() == shown


# What somebody types into a mail, and means as it stands there.
TYPED = [
    "**not bold** _nor this_ `nor that`",
    "# 1 of 3",
    "- a\n- b",
    "1986. What a year",
    "    four spaces\n\tand a tab",
    "> quoted\n>> twice",
    "[a](javascript:alert(1)) ![b](https://evil.example/p.png)",
    "<script>alert(1)</script> <img src=x onerror=alert(1)>",
    "&lt;b&gt; &amp; & < > \" '",
    "C:\\new\\*.txt | a | b |\n|---|---|",
    "a  \nb\\\nc",
    "\u202egnp.exe \ufeff",
    "___\n***\n===",
]


@pytest.mark.parametrize("source", TYPED)
def test_what_was_typed_into_a_mail_is_shown_sign_by_sign(source: str) -> None:
    shown = typed(source)
    inside = shown.removeprefix('<div class="typed">').removesuffix("</div>")
    assert unescape(strip_tags(inside)) == source
    assert not re.search(r"<(?!/?a\b)", inside)
    assert clean(inside) == inside.replace("&quot;", '"').replace("&#x27;", "'")


def test_a_web_address_that_was_typed_becomes_a_link_and_nothing_else_does() -> None:
    assert typed("See https://example.org/a?b=1&c=2, or javascript:alert(1).") == (
        f'<div class="typed">See <a href="{AND}" {REL}>{AND}</a>, or javascript:alert(1).</div>'
    )


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt&#58;alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox(1))",
    "<a href='javascript:alert(1)'>x</a>",
    "<iframe src=//evil.example></iframe>",
    "<form action=//evil.example><input name=q><button>go</button></form>",
    "<style>body{background:url(//evil.example)}</style>",
    "<div style='position:fixed;inset:0'>over it all</div>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "![x](//evil.example/p.gif)",
    "![x](http://evil.example/p.gif)",
    "![x](/\\evil.example/p.gif)",
    '<img src="//evil.example/p.gif">',
    "<p hx-get='/desk/erase' hx-trigger='load'>x</p>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<base href=//evil.example>",
    "<!--<img src='--><img src=x onerror=alert(1)//'>",
]
ACTIVE = ("<script", "onerror=", "onload=", "<iframe", "<form", "<style", "<meta", "<base", "<svg", "hx-get")


@pytest.mark.parametrize("source", HOSTILE)
@pytest.mark.parametrize("shown_by", [html, clean])
def test_what_is_written_can_do_nothing(source: str, shown_by: type) -> None:
    shown = str(shown_by(source)).lower()
    live = shown.replace("&lt;", "").split("<")
    tags = ["<" + part.split(">")[0] for part in live[1:]]
    assert not [tag for tag in tags for active in ACTIVE if active in tag]
    assert not [tag for tag in tags if "script:" in tag or "data:" in tag or "style=" in tag]
    assert not [tag for tag in tags if tag.startswith("<img") and "evil.example" in tag]


def test_plain_words_are_one_line_without_marks() -> None:
    assert plain("**Known:** a & b\n\n- c < d\n- `e`") == "Known: a & b c < d e"


def test_an_excerpt_is_cut_between_words() -> None:
    assert excerpt("Saving fails since this morning", 20) == "Saving fails since…"
    assert excerpt("Short", 20) == "Short"
    assert len(excerpt("x" * 300, 20)) == 20
