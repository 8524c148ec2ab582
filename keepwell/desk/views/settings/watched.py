"""Watched promises: the list, each with its versions, and the editor with a preview on what has happened."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keepwell.desk.access import needs, reader
from keepwell.desk.filling import Trail, done, posted
from keepwell.desk.forms.guidelines import WatchForm, WatchNameForm
from keepwell.desk.watch_words import (
    WindowRow,
    names_among,
    population_words,
    told_words,
    window_kind_words,
    window_row,
)
from keepwell.insight.doers import names_of
from keepwell.kit import clock
from keepwell.kit.toasting import say_next
from keepwell.service_levels.models import Guideline, GuidelineVersion
from keepwell.service_levels.previewing import last_windows
from keepwell.service_levels.published import promise_words
from keepwell.service_levels.queries import guidelines_in_force, promises_of_guidelines
from keepwell.service_levels.verbs.guidelines import (
    change_guideline,
    create_guideline,
    end_guideline,
    plain_name,
    version_of,
)
from keepwell.staffing.queries import staff

PERMIT = "settings.policies"
METHODS = ["GET", "HEAD", "POST"]


@require_safe
@needs(PERMIT)
def watched(request: HttpRequest) -> HttpResponse:
    rows = _rows(list(guidelines_in_force().order_by("guideline__name")), clock.now())
    return render(request, "desk/settings/watched.html", {"rows": rows})


@require_safe
@needs(PERMIT)
def watched_promise(request: HttpRequest, pk: int) -> HttpResponse:
    """What it watches now, and every version of it."""
    found = get_object_or_404(Guideline, pk=pk)
    versions = list(found.versions.select_related("guideline", "policy", "product"))
    given = {
        "guideline": found,
        "rows": _rows(versions, clock.now()),
        "makers": names_of((one.made_by_kind, one.made_by_id) for one in versions),
        "trail": _trail(found.name),
    }
    return render(request, "desk/settings/watched_promise.html", given)


@require_http_methods(METHODS)
@needs(PERMIT)
def new_watched_promise(request: HttpRequest) -> HttpResponse:
    naming = WatchNameForm(posted(request))
    form = WatchForm(posted(request), version=None)
    title = _("Watch a promise")
    given = {"title": title, "back": reverse("desk:watched"), "naming": naming, "trail": _trail(title)}

    def create(_wanted: object) -> None:
        create_guideline(naming.cleaned_data["name"], form.watched(), by=reader(request))

    if _is_saved(request) and naming.is_valid() and done(form, create):
        return _saved(request, given)
    return _editor(request, form, given)


@require_http_methods(METHODS)
@needs(PERMIT)
def edit_watched_promise(request: HttpRequest, pk: int) -> HttpResponse:
    """The next version; what was watched before stays to be read."""
    found = get_object_or_404(Guideline, pk=pk, ended_at=None)
    form = WatchForm(posted(request), version=found.versions.latest("number"))
    back = reverse("desk:watched_promise", args=[pk])
    title = _("Edit %(name)s") % {"name": found.name}
    trail = [*_trail(title)[:1], (found.name, back), (title, "")]
    given = {"title": title, "back": back, "trail": trail}

    def change(_wanted: object) -> None:
        change_guideline(found, form.watched(), by=reader(request))

    if _is_saved(request) and done(form, change):
        return _saved(request, given)
    return _editor(request, form, given)


@require_POST
@needs(PERMIT)
def end_watched_promise(request: HttpRequest, pk: int) -> HttpResponse:
    end_guideline(get_object_or_404(Guideline, pk=pk), by=reader(request))
    say_next(request, _("It is no longer watched. What it was stays to be read."))
    return redirect("desk:watched_promise", pk=pk)


@require_safe
@needs(PERMIT)
def watched_preview(request: HttpRequest) -> HttpResponse:
    """The figures that stand in the address as the form would send it."""
    form = WatchForm(request.GET, version=None)
    return render(request, "desk/settings/_watched_preview.html", _preview(form))


def _is_saved(request: HttpRequest) -> bool:
    return request.method == "POST" and request.POST.get("act") != "preview"


def _saved(request: HttpRequest, given: dict[str, Any]) -> HttpResponse:
    say_next(request, _("Saved. It is watched from now on."))
    return redirect(given["back"])


def _editor(request: HttpRequest, form: WatchForm, given: dict[str, Any]) -> HttpResponse:
    shown = {**given, "form": form, "is_asked": request.method == "POST"}
    shown |= _preview(form) if shown["is_asked"] else {}
    is_refused = form.errors or (_is_saved(request) and given.get("naming") and given["naming"].errors)
    return render(request, "desk/settings/watched_editor.html", shown, status=422 if is_refused else 200)


def _preview(form: WatchForm) -> dict[str, Any]:
    """The last windows of what the form says; `windows` is None while it cannot be read."""
    if not form.is_valid():
        return {"windows": None, "missing": form}
    return {"windows": _windows(version_of(form.watched()), clock.now())}


def _windows(version: GuidelineVersion, now: datetime) -> list[WindowRow]:
    return [window_row(figures) for figures in last_windows(version, at=now)]


def _rows(versions: list[GuidelineVersion], now: datetime) -> list[dict[str, Any]]:
    """Each with its words; as many queries for twenty as for one."""
    promises, names = promises_of_guidelines(at=now), names_among(staff())
    return [
        {
            "version": one,
            "promise": promise_words(promises[one.policy_id, one.metric, one.severity]),
            "about": plain_name(one.metric, one.severity),
            "population": population_words(one),
            "window": window_kind_words(one),
            "told": told_words(one.told, names),
        }
        for one in versions
    ]


def _trail(name: str) -> Trail:
    return [(_("Watched promises"), reverse("desk:watched")), (name, "")]
