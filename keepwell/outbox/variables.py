"""What an administrator may let a mail say by itself: a closed list of names in braces. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

ANSWER = "answer"
# Where a machine writes, nothing that a sender chose may stand: neither his name nor his subject.
OF_NOTICES = ("case", "promise", "brand")
OF_MAILS = (*OF_NOTICES, "contact", "subject", "writer")

_VARIABLE = re.compile(r"\{([A-Za-z][A-Za-z0-9_]*)\}")


def unknown(text: str, known: Collection[str]) -> list[str]:
    """The names in braces that are none of the known ones, each once, in the order of the text."""
    return [name for name in dict.fromkeys(_VARIABLE.findall(text)) if name not in known]


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with values in place of names. A line that names what this mail does not have is left out.

    What a value says is never looked into: a name that stands in it stays as it is.
    """
    lines = [line for line in text.splitlines() if all(values.get(name) for name in _VARIABLE.findall(line))]
    return "\n".join(_VARIABLE.sub(lambda found: values[found[1]], line) for line in lines)
