"""Hides what would let a reader of the outbox sign in as somebody else. Pure.

In a mail that carries a code every word that could be one is hidden, rather too many than one too few; in
any mail the secret part of a link is hidden.
"""

from __future__ import annotations

import re

HIDDEN = "•••••"

LINK = re.compile(r"https?://[^\s<>\"']+")
# What no path segment or parameter is by itself: long, or mixed letters and digits.
SECRET_PART = re.compile(r"(?<=[/=?&#:.])(?=[^/=?&#]*\d)[\w.~%:+-]{8,}|(?<=[/=?&#])[\w.~%:+-]{20,}")
# Groups of letters and digits as codes are written, also joined by dashes.
WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


def masked(text: str, *, is_code: bool) -> str:
    """The text with the secret parts of links hidden, and, where it carries a code, all that could be one."""
    pieces, end = [], 0
    for link in LINK.finditer(text):
        pieces += [_words(text[end : link.start()], is_code), _link(link.group())]
        end = link.end()
    return "".join([*pieces, _words(text[end:], is_code)])


def _link(link: str) -> str:
    scheme, _separator, rest = link.partition("://")
    host, slash, path = rest.partition("/")
    return f"{scheme}://{host}{SECRET_PART.sub(HIDDEN, slash + path)}"


def _words(text: str, is_code: bool) -> str:
    return WORD.sub(_word, text) if is_code else text


def _word(found: re.Match[str]) -> str:
    word = found.group()
    return HIDDEN if _could_be_a_code(word) else word


def _could_be_a_code(word: str) -> bool:
    # Codes are read aloud in groups, and three make a group.
    if any(letter.isdigit() for letter in word):
        return len(word) >= 3
    return len(word) >= 3 and (word.isupper() or not (word.islower() or word.istitle()))
