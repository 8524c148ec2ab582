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
from keepwell.cases.views import COUNT_UP_TO, CountedView, View, counted, views_for
from keepwell.conversations.queries import unseen_among
from keepwell.conversations.thread import thread
from keepwell.desk.access import needs, reader
from keepwell.desk.case_lists import Asked, asked_of, case_filters, listed, order_choices
from keepwell.desk.choices import choices
from keepwell.desk.filtering import chips, menus
from keepwell.people.models import User
from keepwell.service_levels.queries import clocks_of


@require_safe
@needs("case.see")
def cases(request: HttpRequest) -> HttpResponse:
    """The whole page; only its rows, or only the views with their counts, when a live event fetches them."""
    part = _without_part(request)
    who = reader(request)
    views = views_for(who)
    asked = asked_of(request, views)
    if part == "views":
        return render(request, "desk/work/_views.html", _views(asked, views, who))
    if part == "rows":
        return render(request, "desk/work/_rows.html", _list(request, asked))
    given = _list(request, asked) | _views(asked, views, who) | _around(request, asked)
    return render(request, "desk/work/cases.html", given)


@require_safe
@needs("case.see")
def preview(request: HttpRequest, number: int) -> HttpResponse:
    """The newest words of a case beside the list, to be read without leaving it."""
    who = reader(request)
    case = get_object_or_404(Case.objects.visible_to(who).for_list(), number=number)
    said = thread(case.conversation, who, size=5)
    given = {"case": case, "thread": said, "clocks": clocks_of([case.pk]).get(case.pk, ())}
    return render(request, "desk/work/_preview.html", given)


def _without_part(request: HttpRequest) -> str:
    """Which part is asked for. The word is the parts' own: the list's address goes without it."""
    given = request.GET.copy()
    part = given.pop("part", [""])[-1]
    request.GET = given  # type: ignore[assignment]
    return str(part)


def _list(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    who = reader(request)
    found = listed(asked, who, request.GET.get("cursor", ""))
    return {
        "asked": asked,
        "page": found,
        "unseen": unseen_among((case.conversation_id for case in found.rows), who),
        "address": f"{request.path}?{request.GET.urlencode()}",
    }


def _views(asked: Asked, views: list[View], who: User) -> dict[str, Any]:
    return {
        "views": [(one.view.key, str(one.view.name), _number(one)) for one in counted(views, who)],
        "current": asked.view.key if asked.view else "",
        "cases_url": reverse("desk:cases"),
    }


def _number(view: CountedView) -> str:
    """How many cases it shows: 12, 99+, "" where they are not counted."""
    if view.is_more:
        return f"{COUNT_UP_TO - 1}+"
    return "" if view.count is None else str(view.count)


def _around(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    offered = choices()
    filters = case_filters(offered)
    return {
        "title": asked.view.name if asked.view else _("Cases"),
        "chips": chips(request, filters),
        "menus": menus(request, filters),
        **_orders(request, asked),
        "colleagues": _self_first(offered.colleagues, reader(request)),
        "savable": None if asked.view else as_query(asked.filter),
    }


def _orders(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    """Each order as (words, address), and the present one."""
    query = request.GET.copy()
    query.pop("cursor", None)
    orders = {}
    for order, words in order_choices(asked):
        query["order"] = order
        orders[order] = (words, f"?{query.urlencode()}")
    return {"orders": list(orders.values()), "order": orders.get(asked.order)}


def _self_first(colleagues: list[tuple[int, str]], who: User) -> list[tuple[int, str]]:
    return [(who.pk, who.name), *(one for one in colleagues if one[0] != who.pk)]
