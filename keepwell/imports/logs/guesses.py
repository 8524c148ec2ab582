"""What the headings and values of a log may mean, by the words that most desks use. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from keepwell.imports.columns import as_heading
from keepwell.imports.logs.instants import ISO, MILLISECONDS, SECONDS
from keepwell.imports.logs.meanings import IGNORED

# What a column is used as, and what its heading then says; the first heading that does is taken.
HEADINGS: Mapping[str, str] = {
    "case": r"\b(case|ticket|incident|issue|request)\b.*\b(id|number|no|key)\b|^(case|ticket|incident|id)$",
    "time": r"\b(time|timestamp|date|when)\b",
    "activity": r"\b(activity|action|event|what|concept:name)\b",
    "state": r"\b(state|status)\b",
    "severity": r"\b(severity|priority|urgency|impact|seriousness)\b",
    "level": r"\b(level|tier|line)\b",
    "group": r"\b(group|team|queue|workgroup)\b",
    "actor": r"\b(actor|side|direction|author type|user type)\b",
    "channel": r"\b(channel|origin|medium|contact type|source)\b",
    "account": r"\b(account|customer|company|client|organi[sz]ation)\b",
    "product": r"\b(product|component|application|service)\b",
}
# By use: a word in the value, and the meaning that it may have; the first that fits.
WORDS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "activity": (
        (r"re-?open", "reopened"),
        (r"spam|junk", "spam"),
        (r"wait|pending|on hold|ask", "wait"),
        (r"customer|requester|client", "customer_message"),
        (r"resolv|solv|fix", "resolved"),
        (r"clos", "closed"),
        (r"creat|open|new|regist|submit", "opened"),
        (r"answer|repl|respon|contact|call|sent", "contact"),
        (r"severity|priorit", "severity"),
    ),
    "state": (
        (r"spam|junk", "spam"),
        (r"vendor|engineer|develop|third party", "waiting_on_engineering"),
        (r"wait|pending|hold", "waiting_on_customer"),
        (r"resolv|solv|complet", "resolved"),
        (r"clos|cancel", "closed"),
        (r"answer|respond|progress", "answered"),
        (r"new|creat|queue|regist", "new"),
        (r"open|assign|active|accept|work", "open"),
    ),
    "severity": (
        (r"high|critic|urgent|block|sev(erity)? ?1|\bp?1\b", "high"),
        (r"low|minor|trivial|\bp?[3-9]\b", "low"),
        (r"", "normal"),
    ),
    "level": ((r"1|first", "1"), (r"2|second", "2"), (r"3|third", "3")),
    "actor": ((r"customer|user|client|requester|external|inbound", "customer"), (r"", "agent")),
    "channel": (
        (r"mail", "email"),
        (r"phone|call", "phone"),
        (r"chat", "chat"),
        (r"web|form|self", "form"),
        (r"portal", "portal"),
        (r"", "api"),
    ),
}
FORMATS = (
    ISO,
    "%d.%m.%Y %H:%M:%S",
    "%d.%m.%Y %H:%M",
    "%Y/%m/%d %H:%M:%S",
    "%Y/%m/%d %H:%M:%S.%f",
    "%Y/%m/%d %H:%M",
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M",
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y %H:%M",
    "%m/%d/%Y %I:%M:%S %p",
    "%m/%d/%Y %I:%M %p",
    "%d-%m-%Y %H:%M:%S",
    "%d-%m-%Y %H:%M",
    "%d-%b-%Y %H:%M:%S",
    "%d %b %Y %H:%M:%S",
    SECONDS,
    MILLISECONDS,
)


def guessed_columns(heading: Iterable[str]) -> dict[str, str]:
    """A heading for each use that one may be for; each heading once."""
    found: dict[str, str] = {}
    for use, words in HEADINGS.items():
        for text in heading:
            if text and text not in found.values() and re.search(words, as_heading(text)):
                found[use] = text
                break
    return found


def guessed_meaning(use: str, value: str) -> str:
    """What the value may mean; ignored, where no word of it says."""
    for words, meaning in WORDS.get(use, ()):
        if re.search(words, value.lower()):
            return meaning
    return IGNORED
