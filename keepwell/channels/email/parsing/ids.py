"""Message-IDs."""

from __future__ import annotations

import re

from keepwell.channels.email.parsing.headers import one_line, plain
from keepwell.channels.email.parsing.limits import IDS

ID_CHARACTERS = 998
_ID = re.compile(r"<[^<>]+>")
_SPACE = re.compile(r"\s+")


def ids(*values: str) -> tuple[str, ...]:
    """Each id once, with its brackets, in order. Of very many the first and the last ones."""
    found = dict.fromkeys(found for value in values for found in _of(one_line(plain(value))))
    every = tuple(found)
    half = IDS // 2
    return every if len(every) <= IDS else every[:half] + every[-half:]


def own_id(value: str) -> str:
    """A mail's own id; what is written without brackets is given them. Empty if there is none."""
    text = one_line(plain(value))
    found = ids(value)
    bare = _SPACE.sub("", text).strip("<>")
    return found[0] if found else f"<{bare}>"[:ID_CHARACTERS] if bare else ""


def _of(text: str) -> list[str]:
    found = (_SPACE.sub("", each) for each in _ID.findall(text))
    return [each for each in found if 2 < len(each) <= ID_CHARACTERS]
