"""What entries are about, by name: the case, the person, what runs there. Few queries for many entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from keepwell.cases.models import Case
from keepwell.customers.models import Deployment
from keepwell.insight.doers import ActorRef, names_of
from keepwell.journal.models import Entry, EntrySubject
from keepwell.success.engagements.models import Engagement
from keepwell.success.signals.models import Playbook, Signal

# Whom or what the sentence leaves open. What is about a case is told by the case.
NAMED = {
    "contact": "contact",
    "address": "contact",
    "phone": "contact",
    "consent": "contact",
    "steward": "person",
    "deployment": "deployment",
    "enquiry": "contact",
    "attendee": "contact",
    "touch": "contact",
    "engagement": "engagement",
    "engagement_action": "engagement",
    "signal": "signal",
    "playbook_run": "playbook",
}
# The fact that holds a person whom the sentence leaves open.
PERSON_IN = {"case.assigned": "assignee", "case.owner_changed": "owner"}


@dataclass(frozen=True, kw_only=True)
class About:
    """`words` name the person or thing, "" if the sentence says enough; `case` None: about none."""

    words: str
    case: Case | None


def abouts(actor: Any, entries: Iterable[Entry]) -> dict[int, About]:
    """What each entry is about, by its id; cases only as far as the actor may see them."""
    entries = list(entries)
    subjects = _subjects_of(entries)
    cases = Case.objects.visible_to(actor).in_bulk(_of_noun(subjects, "case"))
    names = _names({ref for refs in subjects.values() for ref in refs} | _people_in(entries))
    return {
        entry.pk: About(
            words=_named(entry, subjects[entry.pk], names),
            case=next((cases[pk] for noun, pk in subjects[entry.pk] if noun == "case" and pk in cases), None),
        )
        for entry in entries
    }


def _subjects_of(entries: list[Entry]) -> dict[int, list[tuple[str, int]]]:
    subjects: dict[int, list[tuple[str, int]]] = defaultdict(list)
    rows = EntrySubject.objects.filter(entry__in=entries).order_by("pk")
    for entry, noun, identity in rows.values_list("entry", "kind", "subject_id"):
        subjects[entry].append((noun, identity))
    return subjects


def _of_noun(subjects: dict[int, list[tuple[str, int]]], noun: str) -> set[int]:
    return {pk for refs in subjects.values() for kind, pk in refs if kind == noun}


def _names(refs: set[tuple[str, int]]) -> dict[ActorRef, str]:
    deployments = Deployment.objects.select_related("product")
    found = deployments.in_bulk([pk for noun, pk in refs if noun == "deployment"])
    named: dict[ActorRef, str] = {("deployment", pk): str(one) for pk, one in found.items()}
    held = Engagement.objects.in_bulk([pk for noun, pk in refs if noun == "engagement"])
    named |= {("engagement", pk): one.title for pk, one in held.items()}
    signals = Signal.objects.select_related("rule").in_bulk([pk for noun, pk in refs if noun == "signal"])
    named |= {("signal", pk): one.rule.name for pk, one in signals.items()}
    playbooks = Playbook.objects.in_bulk([pk for noun, pk in refs if noun == "playbook"])
    named |= {("playbook", pk): one.name for pk, one in playbooks.items()}
    return named | names_of([ref for ref in refs if ref[0] in {"contact", "person"}])


def _people_in(entries: list[Entry]) -> set[tuple[str, int]]:
    people = (entry.fact(PERSON_IN[entry.kind]) for entry in entries if entry.kind in PERSON_IN)
    return {("person", pk) for pk in people if pk}


def _named(entry: Entry, subjects: list[tuple[str, int]], names: dict[ActorRef, str]) -> str:
    if entry.kind in PERSON_IN:
        return names.get(("person", entry.fact(PERSON_IN[entry.kind])), "")
    noun = NAMED.get(entry.kind.partition(".")[0])
    return next((names.get(ref, "") for ref in subjects if ref[0] == noun), "") if noun else ""
