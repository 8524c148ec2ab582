"""Bringing in what the vendor has already, from CSV files: tried first, then all of it or nothing."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from keepwell.desk.access import needs, reader
from keepwell.desk.filling import posted
from keepwell.desk.forms.imports import KINDS, ImportForm, carried
from keepwell.imports.bringing_in import pattern, run
from keepwell.imports.report import Outcome, Report
from keepwell.kit.refusals import Refused

PERMIT = "import.run"
PROBLEMS_SHOWN = 100


@require_http_methods(["GET", "HEAD", "POST"])
@needs(PERMIT)
def imports(request: HttpRequest) -> HttpResponse:
    form = ImportForm(posted(request), request.FILES or None)
    given: dict[str, Any] = {"form": form, "kinds": KINDS}
    if request.method == "POST" and form.is_valid():
        given |= _brought_in(request, form)
    is_refused = form.errors or "error" in given
    return render(request, "desk/settings/imports.html", given, status=422 if is_refused else 200)


@require_safe
@needs(PERMIT)
def import_pattern(request: HttpRequest, kind: str) -> HttpResponse:
    """An empty file of this kind, with its heading."""
    if kind not in dict(KINDS):
        raise Http404
    response = HttpResponse(pattern(kind), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{kind}.csv"'
    return response


def _brought_in(request: HttpRequest, form: ImportForm) -> dict[str, Any]:
    content = form.content()
    if not content:
        return {"error": _("Choose a CSV file. Nothing was brought in.")}
    kind = form.cleaned_data["kind"]
    is_applied = request.POST.get("act") == "apply"
    try:
        report = run(kind, content, is_applied=is_applied, by=reader(request))
    except Refused as refusal:
        return {"error": str(refusal)}
    return {"report": report, "told": _told(report), "kind": kind, "carried": carried(content)}


def _told(report: Report) -> dict[str, Any]:
    return {
        "counts": {outcome.value: report.outcomes[outcome] for outcome in Outcome},
        "problems": report.problems[:PROBLEMS_SHOWN],
        "more": max(0, len(report.problems) - PROBLEMS_SHOWN),
    }
