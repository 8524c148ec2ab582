"""What runs by itself: everybody is looked at once a day, and what was put off comes back."""

from datetime import UTC, datetime, time

from procrastinate.contrib.django import app

from keepwell.customers.models import Account
from keepwell.kit import clock
from keepwell.success.signals.verbs.handling import BY, wake_snoozed
from keepwell.success.signals.verbs.looking import look_at_account, look_at_all


# A quarter of an hour after health was looked at; then every hour, for a run that was missed.
@app.periodic(cron="55 10-23 * * *")
@app.task(name="signals.look_at_all", queueing_lock="signals.look_at_all")
def look_at_everybody(timestamp: int) -> None:
    """As of the midnight before, so that a run that was missed for hours says the same."""
    look_at_all(as_of=datetime.combine(clock.now().date(), time(), UTC))


@app.task(name="signals.look_at")
def look_at_one(account: int) -> None:
    """Out of turn, after something that does not wait for the night."""
    if found := Account.objects.filter(pk=account).first():
        look_at_account(found, by=BY)


@app.periodic(cron="*/10 * * * *")
@app.task(name="signals.wake", queueing_lock="signals.wake")
def wake(timestamp: int) -> None:
    wake_snoozed()
