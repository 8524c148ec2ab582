"""What runs by itself: one of each cadence is always ahead; calendars kept elsewhere are looked into."""

from procrastinate.contrib.django import app

from keepwell.success.engagements.models import BusyCalendar
from keepwell.success.engagements.verbs.busy_calendars import look_into
from keepwell.success.engagements.verbs.cadences import plan_next, without_one_ahead


@app.periodic(cron="17 5 * * *")
@app.task(name="engagements.keep_cadences", queueing_lock="engagements.keep_cadences")
def keep_cadences(timestamp: int) -> None:
    """For those whose host was away from us for a time, or whose rule gave nothing then."""
    for cadence in without_one_ahead():
        plan_next(cadence)


@app.task(name="engagements.look_into")
def look_into_calendar(calendar: int) -> None:
    for found in BusyCalendar.objects.filter(pk=calendar).select_related("user"):
        look_into(found)


@app.periodic(cron="*/15 * * * *")
@app.task(name="engagements.look_into_all", queueing_lock="engagements.look_into_all")
def look_into_all(timestamp: int) -> None:
    # Each in a job of its own: a server that does not answer holds up no other.
    for calendar in BusyCalendar.objects.filter(user__is_active=True).values_list("pk", flat=True):
        look_into_calendar.defer(calendar=calendar)
