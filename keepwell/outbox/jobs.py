"""The outbox's own work. Each job finds out what there is to do, so that one too many does no harm."""

from __future__ import annotations

from procrastinate.contrib.django import app

from keepwell.outbox.verbs.forgetting import forget_old_contents
from keepwell.outbox.verbs.handing_over import deliver_what_is_due


@app.task(name="outbox.deliver")
def deliver() -> None:
    deliver_what_is_due()


@app.periodic(cron="* * * * *")
@app.task(name="outbox.sweep", queueing_lock="outbox.sweep")
def sweep(timestamp: int) -> None:
    """Takes what came due again, was held, or was left behind by a killed worker."""
    deliver_what_is_due()


@app.periodic(cron="23 3 * * *")
@app.task(name="outbox.forget", queueing_lock="outbox.forget")
def forget(timestamp: int) -> None:
    forget_old_contents()
