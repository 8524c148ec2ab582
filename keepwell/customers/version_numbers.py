"""Numbers of versions as people write them: their parts, their order, and which known one is meant.

"v7.03" and "7.3" are the same. Parts are what stands between dots, hyphens, underscores, pluses and blanks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import zip_longest

Part = int | str
_BETWEEN = re.compile(r"[.\-_+\s]+")
_ENDS_A_NUMBER = re.compile(r"(?<=\d)(?=[^\W\d])|(?<=[^\W\d])(?=\d)")
_MARK = re.compile(r"^v(?=\d)")


def parts_of(text: str) -> tuple[Part, ...]:
    """(7, 3, "rc", 1) of "v7.3rc1"; empty for a text without a letter or a digit."""
    plain = _MARK.sub("", text.strip().lower())
    pieces = (piece for each in _BETWEEN.split(plain) for piece in _ENDS_A_NUMBER.split(each))
    return tuple(_part(piece) for piece in pieces if piece)


def is_number(text: str) -> bool:
    """Whether it begins as a number does: only then one can come before or after another."""
    return isinstance(next(iter(parts_of(text)), None), int)


def is_at_least(text: str, least: str) -> bool:
    """Whether the version is the other one, or a later one. A part that is missing counts as 0; one with
    letters comes before none: 7.3-rc1 before 7.3 before 7.3.1.
    """
    pairs = list(zip_longest(parts_of(text), parts_of(least), fillvalue=0))
    return [_order(mine) for mine, _other in pairs] >= [_order(other) for _mine, other in pairs]


def meant(text: str, known: Iterable[str]) -> str | None:
    """Which of the known versions somebody means who runs this one: the same, else the longest beginning.

    7.3.12 is 7.3 where no 7.3.12 is known; 7.30 is not. None where none fits. Of two that are the same in
    other letters the first in order.
    """
    parts = parts_of(text)
    fitting = [(len(own), name) for name in known if (own := parts_of(name)) and own == parts[: len(own)]]
    longest = max((length for length, _name in fitting), default=0)
    return min((name for length, name in fitting if length == longest), default=None)


def _part(piece: str) -> Part:
    return int(piece) if piece.isascii() and piece.isdecimal() else piece


def _order(part: Part) -> tuple[int, int, str]:
    return (1, part, "") if isinstance(part, int) else (0, 0, part)
