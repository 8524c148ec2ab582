"""Lists of addresses, as people and programs really write them; linear, and never failing (RFC 5322)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from keepwell.channels.email.parsed import Party
from keepwell.channels.email.parsing.headers import one_line, plain, words_decoded
from keepwell.channels.email.parsing.limits import PEOPLE

ADDRESS_CHARACTERS = 320
NAME_CHARACTERS = 200

_TOKEN = re.compile(r'[^"()<>,;:\\]+|.', re.DOTALL)
_SPACE = re.compile(r"\s+")
_BARE = re.compile(r"\S+@\S+")


def parties(value: str) -> tuple[Party, ...]:
    """Whom an address header names, in its order; groups give their members, an empty one nobody."""
    text = plain(value)
    found = tuple(_parties(text))
    if not any(party.address for party in found) and "=?" in text:
        # The whole of it was put into encoded words, which is forbidden and common.
        found = tuple(_parties(words_decoded(text))) or found
    return found[:PEOPLE]


@dataclass
class _Open:
    """The address that is being read. `angle` None: none was opened."""

    words: list[str] = field(default_factory=list)
    comment: list[str] = field(default_factory=list)
    angle: list[str] | None = None
    is_in_angle: bool = False


def _parties(text: str) -> Iterator[Party]:
    """A piece without an address is the beginning of the next one's name: Olsen, Dana <dana@x.example>."""
    before = ""
    for piece in _split(text):
        party = _party(piece, before)
        is_a_name = piece.angle is None and not party.address and party.name
        if is_a_name and not before:
            before = party.name
            continue
        if party.address or party.name:
            yield party
        before = ""
    if before:
        yield Party(address="", name=before)


def _split(text: str) -> Iterator[_Open]:
    piece, quoted, depth, is_escaped = _Open(), False, 0, False
    for token in _TOKEN.findall(text):
        if is_escaped or (token == "\\" and (quoted or depth)):
            is_escaped = not is_escaped
            if not is_escaped:
                _put(piece, token, depth)
        elif quoted or depth:
            quoted, depth = _inside(piece, token, quoted, depth)
        elif token == '"':
            quoted = True
        elif token == "(":
            depth = 1
        elif token in ",;" and not piece.is_in_angle:
            yield piece
            piece = _Open()
        else:
            piece = _outside(piece, token)
    yield piece


def _inside(piece: _Open, token: str, quoted: bool, depth: int) -> tuple[bool, int]:
    """One token of a quoted string or of a comment; comments stand in each other."""
    if quoted:
        if token == '"':
            return False, depth
        _put(piece, token, 0)
        return True, depth
    depth += {"(": 1, ")": -1}.get(token, 0)
    if depth:
        _put(piece, token, depth)
    return False, depth


def _outside(piece: _Open, token: str) -> _Open:
    if token == "<":
        piece.angle, piece.is_in_angle = [], True
    elif token == ">":
        piece.is_in_angle = False
    elif token == ":" and not piece.is_in_angle:
        return _Open()  # what stood here was the name of a group
    else:
        _put(piece, token, 0)
    return piece


def _put(piece: _Open, token: str, depth: int) -> None:
    if depth:
        piece.comment.append(token)
    elif piece.is_in_angle and piece.angle is not None:
        piece.angle.append(token)
    else:
        piece.words.append(token)


def _party(piece: _Open, before: str) -> Party:
    words = "".join(piece.words)
    comment = _name("".join(piece.comment))
    if piece.angle is not None:
        own = _name(words) or comment
        return Party(address=_address("".join(piece.angle)), name=", ".join(filter(None, (before, own))))
    if "@" in words:
        bare = _BARE.search(words)
        address = bare.group() if bare else words
        left = _name(words.replace(address, " ", 1)) if bare else ""
        return Party(address=_address(address), name=left or comment)
    return Party(address="", name=_name(words) or comment)


def _address(text: str) -> str:
    # A route before the address (RFC 5322, 4.4) says nothing any more.
    bare = _SPACE.sub("", one_line(text))
    if bare.startswith("@") and ":" in bare:
        bare = bare.rpartition(":")[2]
    return bare.removeprefix("mailto:")[:ADDRESS_CHARACTERS]


def _name(text: str) -> str:
    return one_line(words_decoded(text)).strip("'\" ")[:NAME_CHARACTERS]
