"""How much work there is: what came in, what was resolved, what is open and how old."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from keepwell.desk.access import needs
from keepwell.desk.views.insight.work_scope import PERMIT, Leading, entered, shown
from keepwell.insight.work.scope import Scope
from keepwell.insight.work.staffing import support_hours_of_week
from keepwell.insight.work.telling import Told
from keepwell.insight.work.volume import AGES, volume_of
from keepwell.insight.work.volume_told import volume_told

LEADING: Leading = {
    "opened": ("opened", {}),
    "resolved": ("resolved", {}),
    "withdrawn": ("withdrawn", {}),
    "open_now": ("open", {}),
    **{f"age_{name}": ("open", {"age": name}) for name, _days, _words in AGES},
}


@require_safe
@needs(PERMIT)
def volume(request: HttpRequest) -> HttpResponse:
    scope, given = entered(request)
    found = shown(request, "work", told_of(request, scope), LEADING)
    ages = [found["figures"][f"age_{name}"] for name, _days, _words in AGES]
    return render(request, "desk/insight/work.html", {**given, **found, "ages": ages})


def told_of(_request: HttpRequest, scope: Scope) -> Told:
    return volume_told(scope, volume_of(scope), support_hours_of_week(scope.at))
