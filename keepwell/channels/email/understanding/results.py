"""What a receiving host wrote into one Authentication-Results header (RFC 8601 section 2.2), read strictly.

What does not follow the grammar is Unreadable as a whole, for a half understood header is how a forged one
slips through. Two liberties, because hosts of good standing take them: an empty part at the very end, and a
property without its type. The library there is (authres) was last released in 2019, skips what it cannot
read, and goes deeper with every nested comment.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_KEYWORD = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?")
_TOKEN = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`{|}~-]+")
_PROPERTY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_BARE = re.compile(r"[^\s;()\"]+")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_NUMBER = re.compile(r"[0-9]+")
_BLANK = re.compile(r"\s+")
_IN_COMMENT = re.compile(r"(?:[^()\\]|\\.)+", re.DOTALL)
LONGEST = 8192


class Unreadable(ValueError):
    """The header does not follow the grammar."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """One method's verdict, such as dmarc and pass, with its properties, such as header.from."""

    method: str
    value: str
    properties: tuple[tuple[str, str], ...] = ()

    def only(self, name: str) -> str:
        """The property's value if it is said exactly once; else empty."""
        found = [value for known, value in self.properties if known == name]
        return found[0] if len(found) == 1 else ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Results:
    """Which host says so, in small letters, and what; no results where it says that it looked at nothing."""

    host: str
    results: tuple[Result, ...] = ()

    def of(self, method: str) -> list[Result]:
        return [result for result in self.results if result.method == method]


def read_results(text: str) -> Results:
    """The header's text, unfolded or not. Errors: Unreadable."""
    if len(text) > LONGEST:
        raise Unreadable("too long")
    reader = _Reader(text)
    host = _host(reader)
    results = tuple(_all_results(reader))
    return Results(host=host, results=results)


def claimed_host(text: str) -> str:
    """The host that the header names, in small letters, whatever follows; empty if it names none."""
    try:
        return _host(_Reader(text[:LONGEST]))
    except Unreadable:
        return ""


class _Reader:
    """A place in the text that moves on; comments and blanks between words are passed over."""

    def __init__(self, text: str) -> None:
        self.text, self.place = text, 0

    def take(self, pattern: re.Pattern[str]) -> str:
        """What matches here, and no further; empty if nothing does."""
        found = pattern.match(self.text, self.place)
        if found is None:
            return ""
        self.place = found.end()
        return found[0]

    def need(self, pattern: re.Pattern[str]) -> str:
        self.skip()
        taken = self.take(pattern)
        if not taken:
            raise Unreadable(f"nothing of the kind at {self.place}")
        return taken

    def comes(self, letter: str) -> bool:
        """Whether the letter comes next; then it is passed."""
        self.skip()
        is_next = self.text.startswith(letter, self.place)
        self.place += is_next
        return is_next

    def is_done(self) -> bool:
        self.skip()
        return self.place == len(self.text)

    def says_none(self) -> bool:
        """Whether all that is left is the word none."""
        self.skip()
        before = self.place
        if self.take(_KEYWORD).lower() == "none" and self.is_done():
            return True
        self.place = before
        return False

    def skip(self) -> None:
        while self.take(_BLANK) or self._comment():
            pass

    def _comment(self) -> bool:
        # Counted instead of called again: comments may lie as deep in each other as somebody likes.
        if not self.text.startswith("(", self.place):
            return False
        depth = 0
        while True:
            depth += self.text.startswith("(", self.place) - self.text.startswith(")", self.place)
            self.place += 1
            if depth == 0:
                return True
            self.take(_IN_COMMENT)
            if self.place >= len(self.text):
                raise Unreadable("a comment without an end")


def _host(reader: _Reader) -> str:
    reader.skip()
    quoted = reader.take(_QUOTED)
    host = _unquoted(quoted) if quoted else reader.need(_TOKEN)
    reader.skip()
    # Some hosts write no name of theirs and begin with the first verdict.
    if reader.text.startswith(("=", "/"), reader.place):
        raise Unreadable("no host is named")
    return host.lower()


def _all_results(reader: _Reader) -> list[Result]:
    if reader.take(_NUMBER) not in {"", "1"}:
        raise Unreadable("another version")
    found: list[Result] = []
    while not reader.is_done():
        if not reader.comes(";"):
            raise Unreadable(f"no ; at {reader.place}")
        if not found and reader.says_none():
            return []
        if found and reader.is_done():
            return found
        found.append(_result(reader))
    if not found:
        raise Unreadable("no verdict, and not the word none")
    return found


def _result(reader: _Reader) -> Result:
    method = reader.need(_KEYWORD).lower()
    if reader.comes("/") and reader.need(_NUMBER) != "1":
        raise Unreadable("another version of the method")
    if not reader.comes("="):
        raise Unreadable(f"no = at {reader.place}")
    value = reader.need(_KEYWORD).lower()
    return Result(method=method, value=value, properties=tuple(_properties(reader)))


def _properties(reader: _Reader) -> list[tuple[str, str]]:
    found = []
    while not reader.is_done() and not reader.text.startswith(";", reader.place):
        name = reader.need(_PROPERTY).lower()
        if reader.comes("."):
            name = f"{name}.{reader.need(_PROPERTY).lower()}"
        if not reader.comes("="):
            raise Unreadable(f"no = at {reader.place}")
        found.append((name, _value(reader)))
    return found


def _value(reader: _Reader) -> str:
    reader.skip()
    quoted = reader.take(_QUOTED)
    if not quoted:
        return reader.need(_BARE)
    return _unquoted(quoted) + reader.take(_BARE)


def _unquoted(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text[1:-1], flags=re.DOTALL)
