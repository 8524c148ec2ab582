"""Some cases of a load, all of them or none."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Model

from keepwell.calendars.compiled import working_time_of
from keepwell.calendars.queries import default_calendar, version_in_force
from keepwell.journal.models import Entry, EntrySubject
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.operate.demo.stories import Story
from keepwell.operate.load.acts import play_story
from keepwell.operate.load.copying import Ids, copy_models, copy_rows
from keepwell.operate.load.places import Places
from keepwell.operate.load.promises import Measure
from keepwell.operate.load.rows import UnderWay
from keepwell.operate.load.tales import stories_of
from keepwell.operate.models import BulkLoad, LoadedChunk
from keepwell.service_levels.models import Clock, Passing


@all_or_nothing()
def load_chunk(load: BulkLoad, number: int, places: Places) -> None:
    """Writes one chunk. Errors: IntegrityError if it is there already; then nothing is written."""
    LoadedChunk.objects.create(load=load, number=number)
    plan = load.plan
    hours = working_time_of(version_in_force(default_calendar(), plan.ends_at))
    write_stories(stories_of(plan, number, hours), places, ends_at=plan.ends_at, seed=f"{load.seed} {number}")


def write_stories(stories: Iterator[Story], places: Places, *, ends_at: datetime, seed: str) -> None:
    """The rows of these stories, as they stand at `ends_at`. The caller has a transaction."""
    measure, ids, chance = Measure(ends_at), Ids(), random.Random(f"keepwell load rows {seed}")
    works = [_played(story, places, measure, ids, chance) for story in stories if story.acts]
    _number(works, ids)
    rows: dict[type[Model], list[Any]] = defaultdict(list)
    for work in works:
        for model, made in work.rows.items():
            rows[model] += made
    for made in rows.values():
        copy_models(made)
    copy_models([entry for work in works for entry in work.entries])
    copy_rows(EntrySubject._meta.db_table, ("entry_id", "kind", "subject_id"), _subjects(works))


def _played(story: Story, places: Places, measure: Measure, ids: Ids, chance: random.Random) -> UnderWay:
    customer = places.customers[story.account]
    work = UnderWay(
        places=places,
        customer=customer,
        opener=customer.contacts[story.contact],
        ids=ids,
        chance=chance,
        window_for=measure.window_for,
    )
    play_story(work, story, measure.ends_at)
    measure.measure(work)
    return work


def _number(works: Sequence[UnderWay], ids: Ids) -> None:
    """Entries of all these cases get their ids in the order in which things happened."""
    every = [
        (entry.occurred_at, number, entry.pk, entry)
        for number, work in enumerate(works)
        for entry in work.entries
    ]
    final: list[dict[int, int]] = [{} for _work in works]
    for _at, number, provisional, entry in sorted(every, key=lambda one: one[:3]):
        entry.pk = final[number][provisional] = ids.next_of(Entry)
    for number, work in enumerate(works):
        _point(work, final[number])


def _point(work: UnderWay, final: dict[int, int]) -> None:
    """What names an entry by its number names the final one."""
    for clock in work.rows[Clock]:
        clock.started_by = final[clock.started_by]
        clock.stopped_by = final[clock.stopped_by] if clock.stopped_by else None
        clock.void_by = final[clock.void_by] if clock.void_by else None
    for passing in work.rows[Passing]:
        passing.started_by = final[passing.started_by]
    for entry in work.entries:
        if entry.kind.startswith("clock."):
            entry.facts["started_by"] = final[entry.facts["started_by"]]


def _subjects(works: Sequence[UnderWay]) -> Iterator[tuple[int, str, int]]:
    for work in works:
        for entry, subjects in zip(work.entries, work.subjects, strict=True):
            for noun, identity in subjects:
                yield entry.pk, noun, identity
