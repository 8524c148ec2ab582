"""What happened to a case, as far as it is the customer's to read, in his words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.cases.models import Case
from keepwell.cases.words import SEVERITY_WORDS
from keepwell.journal.models import Entry

MOST = 200
SEVERITIES = dict(SEVERITY_WORDS)


@dataclass(frozen=True, kw_only=True)
class Event:
    """A thin row of the thread."""

    words: str
    at: datetime
    tone: str = ""


def events_of(case: Case) -> list[Event]:
    """Oldest first; the newest of them where there are very many. One query."""
    entries = Entry.objects.about("case", case.pk).filter(kind__in=tuple(WORDS)).order_by("-pk")[:MOST]
    return [
        Event(words=WORDS[entry.kind](entry), at=entry.occurred_at, tone=TONES.get(entry.kind, ""))
        for entry in reversed(entries)
    ]


def _severity(entry: Entry) -> str:
    words = {"severity": SEVERITIES.get(entry.fact("to_severity"), "")}
    return _("Severity is %(severity)s now") % words


def _withdrawn(entry: Entry) -> str:
    if entry.fact("for_customer"):
        return _("Closed by us: we were told that you need nothing any more")
    return _("Closed: you need nothing any more")


WORDS: Mapping[str, Callable[[Entry], str]] = {
    "case.severity_changed": _severity,
    "case.wait_began": lambda _entry: _("We wait for your answer"),
    "case.engineering_wait_began": lambda _entry: _("With our engineers"),
    "case.taken_back": lambda _entry: _("Work goes on"),
    "case.resolved": lambda _entry: _("Solved"),
    "case.closed": lambda _entry: _("Closed"),
    "case.reopened": lambda _entry: _("Reopened"),
    "case.withdrawn": _withdrawn,
    "case.contact_logged": lambda _entry: _("We spoke, or tried to reach you"),
    "case.made_private": lambda _entry: _("Only those who take part see it now"),
    "case.made_shared": lambda _entry: _("Your administrators see it now, too"),
}
TONES = {"case.resolved": "good", "case.closed": "good"}
