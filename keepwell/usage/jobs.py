"""The usage slice's own work. One after the other: each finds out what there is to do."""

from __future__ import annotations

from procrastinate.contrib.django import app

from keepwell.usage.verbs.compacting import compact
from keepwell.usage.verbs.fetching import fetch_from_the_warehouse
from keepwell.usage.verbs.forgetting import forget_old_events
from keepwell.usage.verbs.measuring import measure
from keepwell.usage.verbs.rolling import roll
from keepwell.usage.verbs.watching import watch

# None of them works beside another one: they read and write the same files.
ALONE = "usage"


@app.periodic(cron="* * * * *")
@app.task(name="usage.compact", queueing_lock="usage.compact", lock=ALONE)
def compact_what_landed(timestamp: int) -> None:
    compact()
    roll()


@app.periodic(cron="7 * * * *")
@app.task(name="usage.measure", queueing_lock="usage.measure", lock=ALONE)
def measure_what_is_due(timestamp: int) -> None:
    """Once an hour: of today there is nothing yet, and an earlier day changes only by what came late."""
    measure()


@app.periodic(cron="*/10 * * * *")
@app.task(name="usage.watch", queueing_lock="usage.watch")
def watch_sources(timestamp: int) -> None:
    watch()


@app.periodic(cron="30 2 * * *")
@app.task(name="usage.fetch", queueing_lock="usage.fetch", lock=ALONE)
def fetch(timestamp: int) -> None:
    fetch_from_the_warehouse()


@app.periodic(cron="40 3 * * *")
@app.task(name="usage.forget", queueing_lock="usage.forget", lock=ALONE)
def forget(timestamp: int) -> None:
    forget_old_events()
