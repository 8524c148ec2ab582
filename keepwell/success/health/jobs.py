"""What runs by itself: every account is looked at once a night."""

from datetime import UTC, datetime, time

from procrastinate.contrib.django import app

from keepwell.kit import clock
from keepwell.people.actors import System
from keepwell.success.health.verbs.snapshotting import take_snapshots

BY = System("health")


@app.periodic(cron="40 3 * * *")
@app.task(name="health.take_snapshots", queueing_lock="health.take_snapshots")
def look_at_all(timestamp: int) -> None:
    """As of the midnight before, so that a night that was missed for hours says the same."""
    take_snapshots(as_of=datetime.combine(clock.now().date(), time(), UTC), by=BY)
