"""What an HTML mail says, as text.

Read tag by tag, as it comes, by lxml. What builds the tree of a page first, as browsers and cleaners do,
takes minutes for a hundred thousand boxes in each other, and the standard library's reader for as many tags
that nobody closed (measured). What stands in a quote is marked as one, so that trimming
knows it. How the mail looks is another question: its HTML is kept, and cleaned when it is shown.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping

from lxml import etree

from keepwell.channels.email.parsing.limits import HTML_CHARACTERS

QUOTED_DEEPEST = 8
LINK_CHARACTERS = 300
FED_CHARACTERS = 32_768

_BLOCKS = frozenset(
    """address article aside blockquote center dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4
    h5 h6 header hr li main nav ol p pre section table tbody tfoot thead tr ul""".split()  # noqa: SIM905
)
# A browser leaves a line free around them.
_PARAGRAPHS = frozenset("p h1 h2 h3 h4 h5 h6 ul ol dl blockquote pre table".split())  # noqa: SIM905
# What is in them is nothing to read.
_UNREAD = frozenset({"script", "style", "title", "template"})
_SPACES = re.compile(r"[ \t\r\n\f]+")


def text_of(html: str) -> str:
    """The text, a line for a line; quotes begin with a mark, links are followed by where they lead."""
    reader = _Reader()
    parser = etree.HTMLParser(target=reader, huge_tree=True, recover=True)
    # Of what it cannot go on with, what it has read by then counts.
    with contextlib.suppress(etree.LxmlError, ValueError):
        for start in range(0, min(len(html), HTML_CHARACTERS), FED_CHARACTERS):
            parser.feed(html[start : min(start + FED_CHARACTERS, HTML_CHARACTERS)])
        parser.close()
    return reader.text()


class _Reader:
    """Writes lines. Its methods are those that lxml calls."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.line: list[str] = []
        self.quotes = 0
        self.preformatted = 0
        self.unread = ""
        self.href = ""
        self.label: list[str] = []

    def start(self, tag: str, given: Mapping[str, str]) -> None:
        if tag == "br":
            self._end_line(even_empty=True)
        elif tag == "a":
            self._say_where()
            self.href, self.label = _web_address(given.get("href", "")), []
        elif tag == "img":
            self.data(given.get("alt", ""))
        elif tag in ("td", "th"):
            self._space()
        elif tag in _UNREAD:
            self.unread = self.unread or tag
        elif tag in _BLOCKS:
            self._begin_block(tag)

    def end(self, tag: str) -> None:
        if tag == self.unread:
            self.unread = ""
        elif tag == "a":
            self._say_where()
        elif tag in _BLOCKS:
            self._end_block(tag)

    def data(self, data: str) -> None:
        if self.unread:
            return
        if self.preformatted:
            first, *others = data.split("\n")
            self._put(first)
            for other in others:
                self._end_line(even_empty=True)
                self._put(other)
        else:
            self._put(_SPACES.sub(" ", data))

    def comment(self, text: str) -> None:
        """Nothing to read."""

    def close(self) -> None:
        self._end_line()

    def text(self) -> str:
        self._end_line()
        return "\n".join(self.lines).strip("\n")

    def _begin_block(self, tag: str) -> None:
        self._end_line()
        if tag in _PARAGRAPHS:
            self._free_line()
        if tag == "blockquote":
            self.quotes += 1
        elif tag == "pre":
            self.preformatted += 1
        elif tag == "li":
            self.line.append("- ")

    def _end_block(self, tag: str) -> None:
        self._end_line()
        if tag == "blockquote":
            self.quotes = max(0, self.quotes - 1)
        elif tag == "pre":
            self.preformatted = max(0, self.preformatted - 1)
        if tag in _PARAGRAPHS:
            self._free_line()

    def _put(self, text: str) -> None:
        self.line.append(text)
        if self.href:
            self.label.append(text)

    def _space(self) -> None:
        if any(piece.strip() for piece in self.line):
            self.line.append("  ")

    def _say_where(self) -> None:
        where = self.href.removeprefix("mailto:")
        if where and len(where) <= LINK_CHARACTERS and where not in "".join(self.label):
            self.line.append(f" <{where}>")
        self.href = ""

    def _end_line(self, *, even_empty: bool = False) -> None:
        written = "".join(self.line)
        text = written.rstrip() if self.preformatted else written.strip().replace("\xa0", " ")
        self.line = []
        if text.strip():
            self.lines.append(self._marks() + text)
        elif even_empty:
            self._free_line()

    def _free_line(self) -> None:
        empty = self._marks().rstrip()
        if self.lines and self.lines[-1].strip(" >"):
            self.lines.append(empty)

    def _marks(self) -> str:
        return "> " * min(self.quotes, QUOTED_DEEPEST)


def _web_address(href: str) -> str:
    """Where a link leads, if it is a place that people go to."""
    address = href.strip()
    return address if address.lower().startswith(("http://", "https://", "mailto:")) else ""
