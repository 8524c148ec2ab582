"""What of some cases of a log is new, what goes on, and what is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from keepwell.cases.models import Case
from keepwell.imports.logs.events import Event
from keepwell.imports.logs.refusing import Reason
from keepwell.imports.logs.stories import Brought, Story, story_of
from keepwell.imports.logs.under_way import BY_REF
from keepwell.imports.models import ImportedCase
from keepwell.journal.models import Entry

CASES_AT_ONCE = 1000
EVENTS_AT_ONCE = 20_000
# Who does something to an imported case without working on it.
BY_THEMSELVES = (BY_REF[0], "system.cases", "system.clock")


@dataclass(frozen=True, kw_only=True)
class Sorted:
    """A story, and what is there of its case already; None for a new one."""

    story: Story
    there: ImportedCase | None

    @property
    def is_new(self) -> bool:
        return self.there is None


def chunks_of(cases: Iterable[list[Event]]) -> Iterator[list[list[Event]]]:
    """So many cases at once that one transaction stays short, and one case at least."""
    chunk: list[list[Event]] = []
    events = 0
    for case in cases:
        chunk.append(case)
        events += len(case)
        if len(chunk) >= CASES_AT_ONCE or events >= EVENTS_AT_ONCE:
            yield chunk
            chunk, events = [], 0
    if chunk:
        yield chunk


def sort_out(chunk: Sequence[Sequence[Event]], desk: int | None, *, opens_with_first: bool) -> list[Sorted]:
    """The stories of a chunk. `desk` is None where nothing has ever come in from it."""
    there = _there(desk, [events[0].case for events in chunk]) if desk else {}
    found = []
    for events in chunk:
        known = there.get(events[0].case)
        brought = _brought(known) if known else None
        story = story_of(events, opens_with_first=opens_with_first, brought=brought)
        if known and story.events and _is_worked_on(known):
            story.refuse_all(Reason.WORKED_ON_HERE)
        found.append(Sorted(story=story, there=known))
    return found


def _there(desk: int, names: list[str]) -> dict[str, ImportedCase]:
    """By the other desk's name; of a case that went on as another one the last."""
    rows = ImportedCase.objects.filter(desk=desk, external__in=names).order_by("part")
    return {row.external: row for row in rows}


def _brought(known: ImportedCase) -> Brought:
    return Brought(through_at=known.through_at, digests_there=frozenset(known.digests), events=known.events)


def _is_worked_on(known: ImportedCase) -> bool:
    """Whether somebody here did something with it, or it is no longer a case of its own."""
    entries = Entry.objects.about("case", known.case_id).exclude(actor_kind__in=BY_THEMSELVES)
    return entries.exists() or Case.objects.filter(pk=known.case_id, merged_into__isnull=False).exists()
