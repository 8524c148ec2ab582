"""What an installation that is already there needs: what its clocks used, and a guideline for each promise."""

from types import SimpleNamespace
from datetime import datetime

from django.db import migrations

from keepwell.calendars.working_time import WorkingTime
from keepwell.service_levels.consumption import consumption

AT_ONCE = 2000
FILL = """
    UPDATE keepwell_service_levels_clock k
       SET allowed_seconds = v.allowed, paused_seconds = v.paused, used = v.used, used_without_pauses = v.freely
      FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::float8[], %s::float8[])
           AS v(id, allowed, paused, used, freely)
     WHERE k.id = v.id
"""
METRICS = {
    "initial_contact": "Initial contact",
    "follow_up": "Follow-up",
    "resolution": "Resolution",
    "overall": "Solved overall",
}


def fill_consumption(apps, schema_editor):
    clocks = apps.get_model("keepwell_service_levels", "Clock").objects
    mappings = apps.get_model("keepwell_calendars", "CalendarVersion").objects.values_list("pk", "mapping")
    hours = {pk: WorkingTime.parse(mapping) for pk, mapping in mappings}
    last = 0
    while rows := list(clocks.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        spent = [(row.pk, *consumption(as_state(row), hours[row.calendar_version_id])) for row in rows]
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(FILL, [list(column) for column in zip(*spent)])
        last = rows[-1].pk


def as_state(row):
    pauses = tuple(tuple(map(datetime.fromisoformat, span)) for span in row.pauses)
    instants = ("started_at", "due_at", "due_kept", "due_without_pauses", "ended_at", "missed_at", "paused_at")
    names = (*instants, "state")
    allowance = SimpleNamespace(amount=row.amount, unit=row.unit)
    return SimpleNamespace(
        pauses=pauses, allowance=allowance, **{name: getattr(row, name) for name in names}
    )


def watch_what_is_promised(apps, schema_editor):
    def model(name):
        return apps.get_model("keepwell_service_levels", name).objects

    for policy in model("Policy").filter(is_default=True):
        newest = model("PolicyVersion").filter(policy=policy).order_by("-number").first()
        for one in model("Commitment").filter(version=newest).order_by("pk"):
            name = METRICS[one.metric]
            if one.severity != "any":
                name = f"{name}, {one.severity.capitalize()}"
            guideline = model("Guideline").create(name=name)
            model("GuidelineVersion").create(
                guideline=guideline,
                number=1,
                policy=policy,
                metric=one.metric,
                severity=one.severity,
                effective_at=newest.effective_at,
                made_by_kind="system",
            )


def nothing(apps, schema_editor):
    """The columns and tables go with the migration before this one."""


class Migration(migrations.Migration):
    dependencies = [("keepwell_service_levels", "0002_attainment")]

    operations = [
        migrations.RunPython(fill_consumption, nothing),
        migrations.RunPython(watch_what_is_promised, nothing),
    ]
