"""One guideline: its figures, its curve and budget, and the cases behind each figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from keepwell.desk.access import needs, reader
from keepwell.desk.filtering import Filter, chips, menus
from keepwell.desk.insight_asking import Asked, asked, insight_filters
from keepwell.insight.guidelines.behind import GROUPS, ORDER, clocks_behind
from keepwell.insight.guidelines.figures import figures_by_name
from keepwell.insight.guidelines.judged import judged
from keepwell.insight.guidelines.pictures import budget_picture, curve_picture
from keepwell.kit import clock
from keepwell.kit.figures import SHARE, Figure
from keepwell.kit.paging import page
from keepwell.service_levels.closing_windows import told_before
from keepwell.service_levels.measuring import Figures, figures_of, selection_of
from keepwell.service_levels.models import GuidelineVersion
from keepwell.service_levels.published import promise_words

PERMIT = "insight.see"
# Figures that count clocks lead to them.
LEADING = {
    "kept": "clocks",
    "clocks": "clocks",
    "met": "met",
    "missed": "missed",
    "spent": "missed",
    "undecided": "undecided",
    "void": "void",
    "corrected": "corrected",
    "entered_later": "entered_later",
}


@require_safe
@needs(PERMIT)
def guideline(request: HttpRequest, pk: int) -> HttpResponse:
    now, version, filters = clock.now(), version_of(pk), insight_filters()
    wanted = asked(request, version, filters, at=now)
    found = figures_of(version, wanted.window, at=now, narrowing=wanted.narrowing)
    given = {
        **_head(request, version, wanted, filters),
        "found": found,
        **_listed(_linked(request, found)),
        "judged": judged(found),
        "told_before": _told_before(found),
        "promise": promise_words(found.commitment),
        "curve": curve_picture(found),
        "budget_picture": budget_picture(found) if found.budget.allowed else None,
        "files": _files(request, version),
        "now": now,
    }
    return render(request, "desk/insight/guideline.html", given)


@require_safe
@needs(PERMIT)
def cases(request: HttpRequest, pk: int, group: str) -> HttpResponse:
    """The clocks that a figure of the guideline's page counts."""
    if group not in GROUPS:
        raise Http404
    now, version, filters = clock.now(), version_of(pk), insight_filters()
    wanted = asked(request, version, filters, at=now)
    selection = selection_of(version, wanted.window, wanted.narrowing)
    rows = clocks_behind(reader(request), selection, group, at=now)
    given = {
        **_head(request, version, wanted, filters),
        "page": page(rows, order=ORDER, cursor=request.GET.get("cursor", "")),
        "group": group,
        "groups": _groups(request, version),
        "now": now,
    }
    return render(request, "desk/insight/cases.html", given)


def version_of(pk: int) -> GuidelineVersion:
    """The newest version of the guideline; else 404."""
    versions = GuidelineVersion.objects.select_related("guideline", "policy", "product")
    found = versions.filter(guideline=pk).order_by("-number").first()
    if found is None:
        raise Http404
    return found


def _head(
    request: HttpRequest, version: GuidelineVersion, wanted: Asked, filters: Sequence[Filter]
) -> dict[str, Any]:
    fixed = {name for name in ("product", "segment", "channel") if getattr(version, name)}
    open_to_choice = [one for one in filters if one.name not in fixed]
    return {
        "version": version,
        "guideline": version.guideline,
        "asked": wanted,
        "chips": chips(request, open_to_choice),
        "menus": menus(request, open_to_choice),
        "trail": [(_("Insight"), reverse("desk:insight")), (version.guideline.name, "")],
    }


COUNTED = ("clocks", "met", "missed", "undecided", "void", "void_missed", "corrected", "entered_later")
SHARES = ("decided", "without_pauses", "without_later", "cases_without_miss")
BUDGETED = ("expected", "allowed", "allowed_so_far", "spent", "burn", "gone")
NAIVE = ("naive_of_resolved", "naive_open_as_kept", "naive_of_all")


def _listed(figures: dict[str, Figure]) -> dict[str, Any]:
    """As the page lists them: counts, shares with their intervals, the budget, and what others print."""
    return {
        "figures": figures,
        "counted": [figures[name] for name in COUNTED],
        "shares": [(figures[name], figures[f"{name}_low"], figures[f"{name}_high"]) for name in SHARES],
        "budgeted": [figures[name] for name in BUDGETED],
        "unbudgeted": [figures[name] for name in ("expected", "spent", "gone")],
        "naive": [figures[name] for name in NAIVE],
    }


def _linked(request: HttpRequest, found: Figures) -> dict[str, Figure]:
    """The figures, each that counts clocks as a link to them."""
    figures = figures_by_name(found)
    for name, group in LEADING.items():
        if figures[name].value:
            href = _behind(request, found.version, group)
            figures[name] = replace(figures[name], href=href)
    return figures


def _behind(request: HttpRequest, version: GuidelineVersion, group: str) -> str:
    address = reverse("desk:guideline_cases", args=[version.guideline_id, group])
    query = request.GET.copy()
    query.pop("cursor", None)
    return f"{address}?{query.urlencode()}" if query else address


def _told_before(found: Figures) -> dict[str, Any] | None:
    """Of a closed window that changed: what was told then, as figures."""
    told = told_before(found)
    if told is None:
        return None
    counted = {
        name: Figure(name=f"then.{name}", value=getattr(told, name)) for name in ("missed", "undecided")
    }
    kept = Figure(name="then.kept", value=told.kept, kind=SHARE)
    return {"at": told.told_at, "kept": kept, **counted}


def _files(request: HttpRequest, version: GuidelineVersion) -> list[tuple[str, str]]:
    """Its figures and its pictures to take away."""
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    pk = version.guideline_id
    sheets = [
        (words, reverse("desk:guideline_figures", args=[pk, kind]) + query)
        for words, kind in ((_("Figures as CSV"), "csv"), (_("Figures as XLSX"), "xlsx"))
    ]
    pictures = [
        (words, reverse("desk:guideline_picture", args=[pk, name, kind]) + query)
        for words, name in ((_("Curve"), "curve"), (_("Budget"), "budget"))
        for kind in ("png", "svg")
    ]
    return [
        *sheets,
        *((f"{words} ({href.partition('?')[0][-3:].upper()})", href) for words, href in pictures),
    ]


def _groups(request: HttpRequest, version: GuidelineVersion) -> list[tuple[str, str, str]]:
    return [(name, str(words), _behind(request, version, name)) for name, words in GROUPS.items()]
