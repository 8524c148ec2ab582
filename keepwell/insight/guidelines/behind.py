"""The cases behind a figure: one row for each clock, the newest first."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from keepwell.cases.models import Case
from keepwell.service_levels import clock_state
from keepwell.service_levels.cohorts import Selection, is_chosen
from keepwell.service_levels.models import Clock

ORDER = ("-started_at", "-pk")
GROUPS = {
    "clocks": _("All that count"),
    "met": _("Met"),
    "missed": _("Missed"),
    "undecided": _("Undecided"),
    "void": _("Void"),
    "corrected": _("Severity corrected"),
    "entered_later": _("Entered later"),
}


def clocks_behind(actor: Any, selection: Selection, group: str, *, at: datetime) -> QuerySet[Clock]:
    """The clocks that a figure counts, of cases that the actor may see, each with its case at hand."""
    rows = Clock.objects.filter(
        is_chosen(selection, at=at), _grouped(group, at), case__in=Case.objects.visible_to(actor)
    )
    return rows.select_related("case__account", "case__assignee")


def _grouped(group: str, at: datetime) -> Q:
    missed = Q(state=clock_state.MISSED) | Q(state=clock_state.RUNNING, due_at__lt=at)
    counts = ~Q(state=clock_state.VOID)
    return {
        "clocks": counts,
        "met": Q(state=clock_state.MET),
        "missed": missed,
        "undecided": Q(state=clock_state.PAUSED) | Q(state=clock_state.RUNNING, due_at__gte=at),
        "void": Q(state=clock_state.VOID),
        "corrected": counts & Q(is_corrected=True),
        "entered_later": counts & Q(entered_later=True),
    }[group]
