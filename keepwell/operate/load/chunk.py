"""Some cases of a load, all of them or none."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime

from keepwell.calendars.compiled import working_time_of
from keepwell.calendars.queries import default_calendar, version_in_force
from keepwell.imports.in_bulk.sheet import Sheet
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.operate.demo.stories import Story
from keepwell.operate.load.acts import play_story
from keepwell.operate.load.places import Places
from keepwell.operate.load.promises import Measure
from keepwell.operate.load.tales import stories_of
from keepwell.operate.load.under_way import UnderWay
from keepwell.operate.models import BulkLoad, LoadedChunk


@all_or_nothing()
def load_chunk(load: BulkLoad, number: int, places: Places) -> None:
    """Writes one chunk. Errors: IntegrityError if it is there already; then nothing is written."""
    LoadedChunk.objects.create(load=load, number=number)
    plan = load.plan
    hours = working_time_of(version_in_force(default_calendar(), plan.ends_at))
    write_stories(stories_of(plan, number, hours), places, ends_at=plan.ends_at, seed=f"{load.seed} {number}")


def write_stories(stories: Iterator[Story], places: Places, *, ends_at: datetime, seed: str) -> None:
    """The rows of these stories, as they stand at `ends_at`. The caller has a transaction."""
    sheet, measure = Sheet(random.Random(f"keepwell load rows {seed}")), Measure(ends_at)
    for story in stories:
        if story.acts:
            customer = places.customers[story.account]
            work = UnderWay(
                sheet=sheet,
                places=places,
                customer=customer,
                opener=customer.contacts[story.contact],
                window_for=measure.window_for,
            )
            play_story(work, story, ends_at)
            measure.measure(work)
    sheet.write()
