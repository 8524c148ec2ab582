"""How cases go through levels and states."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from keepwell.desk.access import needs
from keepwell.desk.views.insight.work_scope import PERMIT, Leading, entered, shown
from keepwell.insight.work.flow import flow_of
from keepwell.insight.work.flow_told import LEVELS, flow_told
from keepwell.insight.work.scope import Scope
from keepwell.insight.work.telling import Told
from keepwell.kit.figures import Figure

LEADING: Leading = {
    "resolved_cases": ("resolved", {}),
    "reopened_cases": ("reopened", {}),
    "first_contact_cases": ("first_contact", {}),
    "went_1_2": ("went_1_2", {}),
    "went_2_3": ("went_2_3", {}),
    "returned": ("returned", {}),
    "taken_back": ("taken_back", {}),
    "unanswered": ("unanswered", {}),
}
HANDED = ("went_1_2", "went_2_3", "returned", "taken_back", "unanswered")
TURNS = ("ours", "customer", "engineering", "scheduled")


@require_safe
@needs(PERMIT)
def flow(request: HttpRequest) -> HttpResponse:
    scope, given = entered(request)
    found = shown(request, "flow", told_of(request, scope), LEADING)
    figures = found["figures"]
    more = {
        "handed": [figures[name] for name in HANDED],
        "levels": [_level(figures, level) for level in LEVELS],
        "waits": [(figures[f"waited_{name}"], figures[f"waited_{name}_hours"]) for name in TURNS],
    }
    return render(request, "desk/insight/flow.html", {**given, **found, **more})


def told_of(_request: HttpRequest, scope: Scope) -> Told:
    return flow_told(flow_of(scope))


def _level(figures: dict[str, Figure], level: int) -> tuple[int, str, list[Figure]]:
    names = ("stays", "median", "ninetieth")
    return level, _("Level %(level)s") % {"level": level}, [figures[f"{name}_{level}"] for name in names]
