"""Who carries the work, how much is open at once, and how many people it takes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from keepwell.cases.filters import NONE
from keepwell.desk.access import needs
from keepwell.desk.forms.live_contacts import LiveContactsForm
from keepwell.desk.insight_asking import FROM, NAMES, PERIOD, TO
from keepwell.desk.views.insight.work_scope import PERMIT, Leading, behind, entered, shown
from keepwell.insight.work.scope import Scope
from keepwell.insight.work.staffing import staffing_of
from keepwell.insight.work.telling import Told
from keepwell.insight.work.volume import arrivals_of_week
from keepwell.insight.work.workload import COUNTS, Workload, workload_of
from keepwell.insight.work.workload_told import live_rows, workload_told
from keepwell.kit.figures import Figure

LEADING: Leading = {"nobodys": ("open", {"who": NONE})}
KEPT = ("on", PERIOD, FROM, TO, *NAMES)
LIVE = ("people", "in_time", "waits", "seconds", "busy")


@require_safe
@needs(PERMIT)
def workload(request: HttpRequest) -> HttpResponse:
    scope, given = entered(request)
    found, form = workload_of(scope), LiveContactsForm(request.GET)
    told = shown(request, "workload", _told(scope, found, form), LEADING)
    figures: dict[str, Figure] = told["figures"]
    more = {
        "people": _people(request, found, figures),
        "live_rows": [
            [figures[f"with_{row.people}_{name}"] for name in LIVE] for row in live_rows(form.live())
        ],
        "form": form,
        "kept": [(name, request.GET[name]) for name in KEPT if request.GET.get(name)],
    }
    return render(request, "desk/insight/workload.html", {**given, **told, **more})


def told_of(request: HttpRequest, scope: Scope) -> Told:
    return _told(scope, workload_of(scope), LiveContactsForm(request.GET))


def _told(scope: Scope, found: Workload, form: LiveContactsForm) -> Told:
    return workload_told(found, staffing_of(scope, arrivals_of_week(scope)), form.live())


def _people(request: HttpRequest, found: Workload, figures: dict[str, Figure]) -> list[dict[str, Any]]:
    """Each with his figures in the order of COUNTS; what is open leads to his cases."""
    rows = []
    for person in found.people:
        counts = [figures[f"{name}_{person.pk}"] for name in COUNTS]
        if counts[0].value:
            counts[0] = replace(counts[0], href=behind(request, "open", {"who": str(person.pk)}))
        rows.append({"name": person.name, "counts": counts})
    return rows
