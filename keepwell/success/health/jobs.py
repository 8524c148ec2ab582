"""What runs by itself: every account is looked at once a day."""

from datetime import UTC, date, datetime, time

from procrastinate.contrib.django import app

from keepwell.customers.models import Account
from keepwell.kit import clock
from keepwell.people.actors import System
from keepwell.success.health.measures.used import is_still_measured
from keepwell.success.health.verbs.snapshotting import take_again, take_snapshots

BY = System("health")
# Metrics are worked out within the hour.
WAITS = {"minutes": 10}


# Once the metrics of the day before are there, which are by the customers' own days; then every hour, for
# whoever was not looked at yet.
@app.periodic(cron="40 10-23 * * *")
@app.task(name="health.take_snapshots", queueing_lock="health.take_snapshots")
def look_at_all(timestamp: int) -> None:
    """As of the midnight before, so that a run that was missed for hours says the same."""
    take_snapshots(as_of=datetime.combine(clock.now().date(), time(), UTC), by=BY)


@app.task(name="health.take_again")
def see_again(account: int, since: str) -> None:
    """Late data of a day: what was seen of the account since is worked out again, once that is measured."""
    first = date.fromisoformat(since)
    if is_still_measured(first, clock.now().date()):
        later = app.configure_task("health.take_again", schedule_in=WAITS)
        later.defer(account=account, since=since)
    elif found := Account.objects.filter(pk=account).first():
        take_again(found, since=datetime.combine(first, time(), UTC), by=BY)
