"""The cases behind a figure: one row for each clock, the newest first."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Least
from django.utils.translation import gettext_lazy as _

from keepwell.cases.models import Case, LevelStay
from keepwell.service_levels import clock_state
from keepwell.service_levels.cohorts import Selection
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
        _chosen(selection), _grouped(group, at), case__in=Case.objects.visible_to(actor)
    )
    if selection.level is not None or selection.team is not None:
        rows = _where_decided(rows, selection, at)
    return rows.select_related("case__account", "case__assignee")


def _chosen(selection: Selection) -> Q:
    chosen = Q(
        metric=selection.metric,
        severity__in=selection.severities,
        started_at__gte=selection.begins_at,
        started_at__lt=selection.ends_at,
    )
    asked = {
        "policy_version__policy": selection.policy,
        "case__product": selection.product,
        "case__account": selection.account,
        "case__account__segment": selection.segment,
        "case__channel": selection.channel,
    }
    return chosen & Q(**{name: value for name, value in asked.items() if value not in (None, "")})


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


def _where_decided(rows: QuerySet[Clock], selection: Selection, at: datetime) -> QuerySet[Clock]:
    """By level and team as they stood when the clock was decided, as `cohorts` has it."""
    decided = Coalesce(Least(OuterRef("stopped_at"), OuterRef("missed_at")), OuterRef("ended_at"), at)
    stays = LevelStay.objects.filter(case=OuterRef("case"), entered_at__lte=decided)
    newest = stays.order_by("-entered_at", "-pk")
    rows = rows.annotate(
        level_then=Subquery(newest.values("level")[:1]), team_then=Subquery(newest.values("team")[:1])
    )
    if selection.level is not None:
        rows = rows.filter(level_then=selection.level)
    return rows if selection.team is None else rows.filter(team_then=selection.team)
