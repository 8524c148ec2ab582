"""Tasks in the calendar of whose they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from keepwell.calendars.obligations import Obligation, Window, dated
from keepwell.success.signals.queries import tasks_dated


@dated("tasks")
def tasks_to_do(reader: Any, window: Window) -> Iterator[Obligation]:
    """For our people alone."""
    if reader.is_staff_member:
        for task in tasks_dated(reader, first=window.first_on, last=window.last_on):
            title = _("%(what)s (%(account)s)") % {"what": task, "account": task.account.name}
            yield Obligation(key=f"task-{task.pk}", title=title, starts=task.due_on)
