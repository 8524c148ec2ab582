"""The upkeep of sign-ins."""

from __future__ import annotations

from django.contrib.sessions.models import Session
from procrastinate.contrib.django import app

from keepwell.kit import clock


@app.periodic(cron="41 3 * * *")
@app.task(name="people.clear_sessions", queueing_lock="people.clear_sessions")
def clear_sessions(timestamp: int) -> None:
    """Sessions that ran out are not kept: some of them name an address."""
    Session.objects.filter(expire_date__lt=clock.now()).delete()
