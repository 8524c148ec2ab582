"""What happened to a case, as thin rows between what was said: each kind in a sentence with names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from keepwell.cases.models import Case, Escalation
from keepwell.cases.words import SEVERITY_WORDS, How
from keepwell.desk.case_page.naming import Names, name_of
from keepwell.insight.fact_words import sentence
from keepwell.insight.looks import look_of
from keepwell.journal.models import Entry
from keepwell.kit import wording
from keepwell.kit.asking import Question

# What is said is shown itself, unless only the log of another desk says that something was; what is due soon
# stands beside the thread.
SHOWN = (
    Q(kind__in=("message.sent", "message.received"), facts__message=None)
    | Q(kind__startswith="case.")
    | Q(kind__startswith="participant.")
    | Q(kind__startswith="update.")
    | Q(kind__startswith="call_out.")
    | Q(kind__in=("clock.missed", "inbound_mail.parted", "inbound_mail.released"))
    | Q(kind__in=("side_thread.ended", "side_thread.reopened", "side_thread.handed_on"))
)
MOST = 300
BEGINNING, END = datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)
SEVERITIES = dict(SEVERITY_WORDS)
HOWS = dict(How.choices)
# Elsewhere a dot would say more than the row; bad and good news keep theirs.
TONES = {"good": "good", "bad": "bad"}


@dataclass(frozen=True, kw_only=True)
class Telling:
    """What the words need beside the entry: names, hand-offs by id, and whose now and where."""

    names: Names
    hand_offs: Mapping[int, Escalation]
    now: datetime
    zone: tzinfo

    def who(self, entry: Entry) -> str:
        return name_of(entry.actor_ref, self.names)

    def person(self, identity: int | None) -> str:
        return name_of(("person", identity), self.names)

    def moment(self, written: str) -> str:
        return wording.moment(datetime.fromisoformat(written), self.now, self.zone)


def events_of(case: Case, *, since: datetime | None, before: datetime | None) -> list[Entry]:
    """What happened from one instant up to another, oldest first; None: from the beginning, up to now."""
    found = BETWEEN.objects(case.pk, since or BEGINNING, before or END)
    return sorted(found, key=lambda entry: (entry.occurred_at, entry.pk))


def _between(case: int, since: datetime, before: datetime) -> QuerySet[Entry]:
    entries = Entry.objects.about("case", case).filter(SHOWN, occurred_at__gte=since, occurred_at__lt=before)
    return entries.order_by("-pk")[:MOST]


BETWEEN = Question(_between)


def event_row(entry: Entry, telling: Telling) -> dict[str, Any]:
    return {
        "words": event_words(entry, telling),
        "at": entry.occurred_at,
        "tone": TONES.get(look_of(entry.kind).tone, ""),
    }


def event_words(entry: Entry, telling: Telling) -> str:
    """The entry in one sentence that names who did it."""
    return WORDS.get(entry.kind, _plain)(entry, telling)


def _plain(entry: Entry, telling: Telling) -> str:
    said = sentence(entry, now=telling.now, zone=telling.zone)
    if entry.actor_ref[1] is None:
        return said
    return _("%(what)s, by %(who)s") % {"what": said, "who": telling.who(entry)}


def _opened(entry: Entry, telling: Telling) -> str:
    severity = SEVERITIES.get(entry.fact("severity"), "")
    return _("Opened by %(who)s, severity %(severity)s") % {"who": telling.who(entry), "severity": severity}


def _assigned(entry: Entry, telling: Telling) -> str:
    to = entry.fact("assignee")
    names = {"who": telling.who(entry), "whom": telling.person(to)}
    if to is None:
        return _("%(who)s gave it back: nobody works on it") % names
    if entry.actor_ref == ("person", to):
        return _("%(who)s took it") % names
    return _("%(who)s gave it to %(whom)s") % names


def _owner_changed(entry: Entry, telling: Telling) -> str:
    return _("%(whom)s is the person for the customer now, by %(who)s") % {
        "whom": telling.person(entry.fact("owner")),
        "who": telling.who(entry),
    }


def _severity_changed(entry: Entry, telling: Telling) -> str:
    words = {
        "from": SEVERITIES.get(entry.fact("from_severity"), ""),
        "to": SEVERITIES.get(entry.fact("to_severity"), ""),
        "who": telling.who(entry),
    }
    if entry.fact("correction"):
        return _("Severity corrected from %(from)s to %(to)s by %(who)s: entered wrongly") % words
    return _("Severity changed from %(from)s to %(to)s by %(who)s") % words


def _escalated(entry: Entry, telling: Telling) -> str:
    asked = telling.hand_offs.get(entry.fact("escalation") or 0)
    words = {
        "who": telling.who(entry),
        "from": entry.fact("from_level"),
        "to": entry.fact("to_level"),
        "team": asked.to_team if asked else "",
    }
    if asked and asked.to_team_id:
        return _("%(who)s asks level %(to)s, %(team)s, to take it from level %(from)s") % words
    return _("%(who)s asks level %(to)s to take it from level %(from)s") % words


def _accepted(entry: Entry, telling: Telling) -> str:
    asked = telling.hand_offs.get(entry.fact("escalation") or 0)
    words = {"who": telling.who(entry), "level": entry.fact("level"), "span": ""}
    if asked and asked.accepted_at:
        words["span"] = wording.duration(asked.accepted_at - asked.requested_at)
        return _("%(who)s accepted it at level %(level)s after %(span)s") % words
    return _("%(who)s accepted it at level %(level)s") % words


def _returned(entry: Entry, telling: Telling) -> str:
    asked = telling.hand_offs.get(entry.fact("escalation") or 0)
    why = asked.return_reason if asked else ""
    words = {"who": telling.who(entry), "level": entry.fact("level"), "why": why}
    return _("%(who)s returned it to level %(level)s: %(why)s") % words


def _taken_back(entry: Entry, telling: Telling) -> str:
    return _("%(who)s took the hand-off back") % {"who": telling.who(entry)}


def _went_on(entry: Entry, telling: Telling) -> str:
    if entry.fact("message"):
        return _("It waits no more: what the customer was asked did not arrive")
    return _plain(entry, telling)


def _resolved(entry: Entry, telling: Telling) -> str:
    how = HOWS.get(entry.fact("how"), "")
    return _("Resolved by %(who)s: %(how)s") % {"who": telling.who(entry), "how": how}


def _withdrawn(entry: Entry, telling: Telling) -> str:
    if entry.fact("for_customer"):
        return _("Withdrawn by the customer, entered by %(who)s") % {"who": telling.who(entry)}
    return _plain(entry, telling)


def _promised(entry: Entry, telling: Telling) -> str:
    return _("%(who)s promised an update by %(moment)s") % {
        "who": telling.who(entry),
        "moment": telling.moment(entry.fact("due_at")),
    }


def _parted(entry: Entry, telling: Telling) -> str:
    words = {"who": telling.who(entry), "from": entry.fact("from_number"), "to": entry.fact("to_number")}
    return _("%(who)s moved a mail from case %(from)s to a case of its own, %(to)s") % words


def _participant(words: Any) -> Callable[[Entry, Telling], str]:
    def told(entry: Entry, telling: Telling) -> str:
        whom = name_of(("contact", entry.fact("contact")), telling.names)
        return str(words()) % {"whom": whom, "who": telling.who(entry)}

    return told


def _asked_on_call(entry: Entry, telling: Telling) -> str:
    whom = {"whom": telling.person(entry.fact("person"))}
    if entry.fact("place"):
        return _("%(whom)s, next in line, was asked to look at it") % whom
    return _("%(whom)s, who is on call, was asked to look at it") % whom


WORDS: Mapping[str, Callable[[Entry, Telling], str]] = {
    "case.opened": _opened,
    "case.assigned": _assigned,
    "case.owner_changed": _owner_changed,
    "case.severity_changed": _severity_changed,
    "case.escalated": _escalated,
    "case.escalation_accepted": _accepted,
    "case.escalation_returned": _returned,
    "case.escalation_taken_back": _taken_back,
    "case.taken_back": _went_on,
    "case.resolved": _resolved,
    "case.withdrawn": _withdrawn,
    "update.promised": _promised,
    "call_out.asked": _asked_on_call,
    "inbound_mail.parted": _parted,
    "participant.added": _participant(lambda: _("%(whom)s takes part now, added by %(who)s")),
    "participant.confirmed": _participant(lambda: _("%(whom)s takes part now, confirmed by %(who)s")),
    "participant.removed": _participant(lambda: _("%(whom)s takes no part any more, by %(who)s")),
}


def told(entries: Iterable[Entry], telling: Telling) -> list[str]:
    """Each entry in a sentence, in their order."""
    return [event_words(entry, telling) for entry in entries]
