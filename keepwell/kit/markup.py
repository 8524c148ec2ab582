"""What people write (Markdown) to what may be shown (clean HTML).

Nothing that was written can run, load or track: HTML in the source stays text, pictures come from this
installation only, and links tell nobody where they came from.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from typing import Any

import nh3
from django.utils.html import escape, format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from keepwell.kit import pictures

TAGS = frozenset(
    {"a", "b", "blockquote", "br", "code", "dd", "del", "dl", "dt", "em", "h1", "h2", "h3", "h4", "h5", "h6"}
    | {"hr", "i", "img", "li", "ol", "p", "pre", "s", "span", "strong", "sub", "sup"}
    | {"table", "tbody", "td", "th", "thead", "tr", "u", "ul"}
)
ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
SCHEMES = frozenset({"http", "https", "mailto", "tel"})
REL = "nofollow noopener noreferrer"
ADDRESS = re.compile(r"https?://[^\s<>\"'`]+", re.IGNORECASE)
OURS = re.compile(r"/(?!/|%5c)[^\\]*$", re.IGNORECASE)
AFTER_ADDRESS = ".,;:!?)]}*_"
EXCERPT_LENGTH = 160


def html(source: str) -> SafeString:
    """Markdown as clean HTML. A line break stays one; a bare web address becomes a link."""
    return clean(_markdown().render(source))


def clean(markup: str) -> SafeString:
    """HTML from anywhere with only the harmless left: no scripts, styles, forms, frames, outside pictures."""
    return mark_safe(
        nh3.clean(
            markup,
            tags=set(TAGS),
            attributes=ATTRIBUTES,
            attribute_filter=_allowed,
            url_schemes=set(SCHEMES),
            link_rel=REL,
        )
    )


def typed(source: str) -> SafeString:
    """Text that is no Markdown, such as a mail: each sign is shown, a web address becomes a link."""
    parts, rest = [], 0
    for match in ADDRESS.finditer(source):
        address = match.group().rstrip(AFTER_ADDRESS)
        parts += [escape(source[rest : match.start()]), _typed_link(address)]
        rest = match.start() + len(address)
    return mark_safe(f'<div class="typed">{"".join([*parts, escape(source[rest:])])}</div>')


def _typed_link(address: str) -> str:
    return format_html('<a href="{}" rel="{}">{}</a>', address, REL, address)


def plain(source: str) -> str:
    """Markdown as words only, in one line."""
    return " ".join(unescape(strip_tags(html(pictures.named(source)))).split())


def excerpt(source: str, length: int = EXCERPT_LENGTH) -> str:
    """The first words of it, at most `length` characters, cut between words."""
    return shortened(plain(source), length)


def shortened(words: str, length: int = EXCERPT_LENGTH) -> str:
    """Words in one line, cut between two of them where they are longer."""
    words = " ".join(words.split())
    if len(words) <= length:
        return words
    cut = words[: length - 1]
    return f"{cut.rsplit(' ', 1)[0] if ' ' in cut else cut}…"


def _allowed(element: str, attribute: str, value: str) -> str | None:
    if (element, attribute) == ("img", "src"):
        return value if is_ours(value) else None
    return value


def is_ours(address: str) -> bool:
    """Whether a picture lies on this installation: an absolute path, and not another host in disguise."""
    return bool(OURS.match(address))


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])
    parser.core.ruler.after("inline", "addresses", _link_addresses)
    parser.core.ruler.after("addresses", "outside_pictures", _unload_pictures)
    return parser


def _link_addresses(state: StateCore) -> None:
    for block in state.tokens:
        if block.type == "inline" and block.children:
            block.children = _with_links(block.children)


def _with_links(tokens: list[Token]) -> list[Token]:
    linked: list[Token] = []
    depth = 0
    for token in tokens:
        depth += {"link_open": 1, "link_close": -1}.get(token.type, 0)
        linked.extend(_split(token.content) if token.type == "text" and not depth else [token])
    return linked


def _split(text: str) -> list[Token]:
    tokens: list[Token] = []
    rest = 0
    for match in ADDRESS.finditer(text):
        address = match.group().rstrip(AFTER_ADDRESS)
        tokens += [_text(text[rest : match.start()]), *_link(address)]
        rest = match.start() + len(address)
    return [*tokens, _text(text[rest:])]


def _text(content: str) -> Token:
    return Token(type="text", tag="", nesting=0, content=content)


def _link(address: str, words: str = "") -> list[Token]:
    attributes: dict[str, Any] = {"href": address}
    opening = Token(type="link_open", tag="a", nesting=1, attrs=attributes)
    return [opening, _text(words or address), Token(type="link_close", tag="a", nesting=-1)]


def _unload_pictures(state: StateCore) -> None:
    for block in state.tokens:
        if block.type == "inline" and block.children:
            block.children = [shown for token in block.children for shown in _picture_or_link(token)]


def _picture_or_link(token: Token) -> list[Token]:
    address = str(token.attrGet("src") or "")
    if token.type != "image" or is_ours(address):
        return [token]
    return _link(address, token.content)
