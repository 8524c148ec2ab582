"""The tables of the pages about work, as files, and the cases behind their figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from keepwell.cases.filters import NONE
from keepwell.desk.access import needs
from keepwell.desk.views.insight import flow, work, workload
from keepwell.desk.views.insight.work_scope import PERMIT, behind, entered
from keepwell.insight.work.behind import ANYBODY, GROUPS, OPEN_NOW, ORDER, cases_behind
from keepwell.insight.work.scope import Scope
from keepwell.insight.work.telling import Told
from keepwell.insight.work.volume import AGES
from keepwell.kit.identities import id_in
from keepwell.kit.paging import page
from keepwell.kit.sheets import CSV_TYPE, csv_pieces
from keepwell.people.models import User

PAGES: Mapping[str, Callable[[HttpRequest, Scope], Told]] = {
    "work": work.told_of,
    "flow": flow.told_of,
    "workload": workload.told_of,
}


@require_safe
@needs(PERMIT)
def table(request: HttpRequest, page: str, name: str) -> HttpResponseBase:
    """One table of a page as CSV, for the window and the narrowing of the page."""
    if page not in PAGES:
        raise Http404
    scope, _given = entered(request)
    found = PAGES[page](request, scope).table(name)
    if found is None:
        raise Http404
    response = StreamingHttpResponse(csv_pieces(found), content_type=CSV_TYPE)
    days = f"{scope.window.first.isoformat()}-{scope.window.last.isoformat()}"
    response["Content-Disposition"] = f'attachment; filename="{page}-{name}-{days}.csv"'
    return response


@require_safe
@needs(PERMIT)
def cases(request: HttpRequest, group: str) -> HttpResponse:
    """The cases that a figure about work counts."""
    if group not in GROUPS:
        raise Http404
    scope, given = entered(request)
    age, who = request.GET.get("age", ""), _who(request)
    rows = cases_behind(scope, group, age=age, who=who)
    more = {
        "page": page(rows, order=ORDER, cursor=request.GET.get("cursor", "")),
        "group": group,
        "groups": [(name, str(words), behind(request, name, {})) for name, (words, _f) in GROUPS.items()],
        "ages": _ages(request, age) if group == OPEN_NOW else (),
        "whose": _whose(request, who) if group == OPEN_NOW else "",
        "all_of_them": behind(request, OPEN_NOW, {"age": age} if age else {}),
        "trail": [(_("Work"), reverse("desk:insight_work")), (_("Cases behind the figures"), "")],
    }
    return render(request, "desk/insight/work_cases.html", {**given, **more})


def _ages(request: HttpRequest, chosen: str) -> list[dict[str, Any]]:
    """Each age as a choice; the one that is chosen leads back to all."""
    kept = {"who": request.GET["who"]} if request.GET.get("who") else {}
    return [
        {
            "words": words,
            "is_on": name == chosen,
            "href": behind(request, OPEN_NOW, {**kept, **({} if name == chosen else {"age": name})}),
        }
        for name, _days, words in AGES
    ]


def _who(request: HttpRequest) -> int | None:
    """`who=12` or `who=none`; what is neither asks for nobody in particular."""
    asked = request.GET.get("who", "")
    return None if asked == NONE else (id_in(asked) or ANYBODY)


def _whose(request: HttpRequest, who: int | None) -> str:
    if who is None:
        return _("Nobody has them")
    found = User.objects.filter(pk=who).first() if who else None
    return _("Of %(name)s") % {"name": found} if found else ""
