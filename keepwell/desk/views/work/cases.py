"""The list of cases: a view or filters, a page of rows, and the case beside them for a look."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from keepwell.cases.filters import as_query
from keepwell.cases.models import Case
from keepwell.cases.views import COUNT_UP_TO, counted, views_for
from keepwell.conversations.thread import thread
from keepwell.desk.access import needs, reader
from keepwell.desk.case_lists import asked_of, case_filters, listed, order_choices
from keepwell.desk.filtering import chips, menus
from keepwell.people.models import User
from keepwell.service_levels.queries import clocks_of
from keepwell.staffing.queries import staff


@require_safe
@needs("case.see")
def cases(request: HttpRequest) -> HttpResponse:
    """The whole page; only its rows, or only the views with their counts, when a live event fetches them."""
    if request.GET.get("part") == "views":
        return render(request, "desk/work/_views.html", _views(request))
    template = "desk/work/_rows.html" if request.GET.get("part") == "rows" else "desk/work/cases.html"
    return render(request, template, _list(request) | _around(request, template))


@require_safe
@needs("case.see")
def preview(request: HttpRequest, number: int) -> HttpResponse:
    """The newest words of a case beside the list, to be read without leaving it."""
    who = reader(request)
    case = get_object_or_404(Case.objects.visible_to(who).for_list(), number=number)
    said = thread(case.conversation, who, size=5)
    given = {"case": case, "thread": said, "clocks": clocks_of([case.pk]).get(case.pk, ())}
    return render(request, "desk/work/_preview.html", given)


def _list(request: HttpRequest) -> dict[str, Any]:
    given = request.GET.copy()
    given.pop("part", None)  # the parts' own word is none of the list's
    request.GET = given  # type: ignore[assignment]
    asked = asked_of(request)
    return {
        "asked": asked,
        "page": listed(asked, reader(request), request.GET.get("cursor", "")),
        "address": f"{request.path}?{request.GET.urlencode()}",
    }


def _around(request: HttpRequest, template: str) -> dict[str, Any]:
    if template.endswith("_rows.html"):
        return {}
    asked = asked_of(request)
    filters = case_filters()
    return {
        **_views(request),
        "title": asked.view.name if asked.view else _("Cases"),
        "chips": chips(request, filters),
        "menus": menus(request, filters),
        "orders": _orders(request),
        "colleagues": _colleagues(reader(request)),
        "savable": None if asked.view else as_query(asked.filter),
    }


def _views(request: HttpRequest) -> dict[str, Any]:
    asked = asked_of(request)
    who = reader(request)
    return {
        "views": counted(views_for(who), who),
        "current": asked.view.key if asked.view else "",
        "count_up_to": COUNT_UP_TO - 1,
        "cases_url": reverse("desk:cases"),
    }


def _orders(request: HttpRequest) -> list[tuple[str, str, bool]]:
    """(words, address, whether it is the present one) of each order."""
    asked = asked_of(request)
    found = []
    for order, words in order_choices(asked):
        query = request.GET.copy()
        query.pop("cursor", None)
        query["order"] = order
        found.append((words, f"?{query.urlencode()}", order == asked.order))
    return found


def _colleagues(who: User) -> list[User]:
    return [who, *staff().exclude(pk=who.pk)]
