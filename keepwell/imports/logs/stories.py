"""What a log says of one case: in order of time, each thing once, nothing before the opening. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from keepwell.imports.logs.events import Event
from keepwell.imports.logs.meanings import Happening
from keepwell.imports.logs.refusing import Reason, Refusal


@dataclass(frozen=True, kw_only=True)
class Brought:
    """How far a case has come in before: up to `through_at`, where these digests stand; `events` in all."""

    through_at: datetime
    digests_there: frozenset[int]
    events: int

    def has(self, event: Event) -> bool:
        is_there = event.at == self.through_at and event.digest in self.digests_there
        return event.at < self.through_at or is_there


@dataclass(kw_only=True)
class Story:
    """The events that come in now, and what was found on the way.

    `known` of its events came in before, `twice` were repeated, `moved` stood before an earlier one. `unseen`
    lie before what came in, and did not come in with it.
    """

    case: str
    events: list[Event] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    known: int = 0
    twice: int = 0
    moved: int = 0
    unseen: int = 0

    def refuse_all(self, reason: Reason) -> None:
        self.refusals += [Refusal(event.line, reason, self.case) for event in self.events]
        self.events = []


def story_of(events: Iterable[Event], *, opens_with_first: bool, brought: Brought | None = None) -> Story:
    """The story that these events of one case tell, given in order of time and line.

    `opens_with_first`: the first event opens the case if none says so. `brought` is how far it has come in;
    None: it is not known yet, and has to be opened.
    """
    story = Story(case="")
    _sort_out(story, events, brought)
    if brought is None:
        _open(story, opens_with_first=opens_with_first)
    else:
        story.unseen = max(story.known - brought.events, 0)
    return story


def _sort_out(story: Story, events: Iterable[Event], brought: Brought | None) -> None:
    seen: set[tuple[datetime, int]] = set()
    furthest = 0
    for event in events:
        story.case = event.case
        story.moved += event.line < furthest
        furthest = max(furthest, event.line)
        if (event.at, event.digest) in seen:
            story.twice += 1
            continue
        seen.add((event.at, event.digest))
        if brought is not None and brought.has(event):
            story.known += 1
        else:
            story.events.append(event)


def _open(story: Story, *, opens_with_first: bool) -> None:
    opening = next((n for n, one in enumerate(story.events) if one.happening == Happening.OPENED), None)
    if opening is None and opens_with_first and story.events:
        story.events[0] = story.events[0]._replace(happening=Happening.OPENED.value)
        return
    if opening is None:
        story.refuse_all(Reason.NEVER_OPENED)
        return
    before, story.events = story.events[:opening], story.events[opening:]
    story.refusals += [Refusal(event.line, Reason.BEFORE_OPENING, event.case) for event in before]
