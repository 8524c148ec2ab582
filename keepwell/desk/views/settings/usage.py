"""Sources of usage data: what tells of it, its write key, what came and what is wrong with it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from keepwell.desk.access import needs, reader
from keepwell.desk.filling import FormPage, done, form_page, posted
from keepwell.desk.forms.usage import EventsForm, NewSourceForm, SourceForm, UserIdForm
from keepwell.kit import clock
from keepwell.kit.refusals import Refused
from keepwell.kit.toasting import say_next
from keepwell.usage import queries
from keepwell.usage.models import Apart, Conflict, Sort, Source
from keepwell.usage.verbs import sources as verbs
from keepwell.usage.verbs.bringing_in import Upload, bring_in, try_file
from keepwell.usage.verbs.erasing import erase_user_ids

PERMIT = "settings.usage"
SHOWN, DAYS_SHOWN, PROBLEMS_SHOWN = 20, timedelta(days=28), 100


@require_safe
@needs(PERMIT)
def sources(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/settings/usage_sources.html", {"sources": queries.sources()})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(PERMIT)
def new_source(request: HttpRequest) -> HttpResponse:
    """A new source; the answer shows its write key, this once."""
    form = NewSourceForm(posted(request))
    made: list[tuple[Source, str]] = []
    if request.method == "POST" and done(
        form, lambda _wanted: made.append(verbs.add_source(form.wanted(), by=reader(request)))
    ):
        return _shown_once(request, *made[0])
    trail = [(_("Usage data"), reverse("desk:usage_sources")), (_("New source"), "")]
    given = {"form": form, "trail": trail}
    return render(request, "desk/settings/usage_new.html", given, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(PERMIT)
def source(request: HttpRequest, pk: int) -> HttpResponse:
    """What came from a source; posting changes its name and when it is silent."""
    found = get_object_or_404(Source.objects.select_related("product"), pk=pk)
    known = {"name": found.name, "silent_after_hours": found.silent_after_hours}
    form = SourceForm(posted(request), initial=known)
    if request.method == "POST" and done(
        form, lambda wanted: verbs.change_source(found, **wanted, by=reader(request))
    ):
        say_next(request, _("Saved."))
        return redirect("desk:usage_source", pk=pk)
    today = clock.now().date()
    given = {
        "source": found,
        "form": form,
        "address": f"{settings.KEEPWELL_URL}/v1/",
        "days": queries.days_of(found, today - DAYS_SHOWN)[:SHOWN],
        "events": queries.unknown_names(found, Sort.EVENT, today),
        "groups": queries.unknown_names(found, Sort.GROUP, today),
        "conflicts": Conflict.objects.filter(source=found).order_by("-noticed_at", "-pk")[:SHOWN],
        "aparts": Apart.objects.filter(source=found).order_by("-received_at", "-pk")[:SHOWN],
        "trail": [(_("Usage data"), reverse("desk:usage_sources")), (found.name, "")],
    }
    return render(request, "desk/settings/usage_source.html", given, status=422 if form.errors else 200)


@require_POST
@needs(PERMIT)
def source_key(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Source.objects.select_related("product"), pk=pk)
    return _shown_once(request, found, verbs.replace_key(found, by=reader(request)))


@require_POST
@needs(PERMIT)
def source_use(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing is taken from it any more, or again."""
    do = verbs.resume_source if request.POST.get("is_used") else verbs.stop_source
    do(get_object_or_404(Source, pk=pk), by=reader(request))
    return redirect("desk:usage_source", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(PERMIT)
def source_file(request: HttpRequest, pk: int) -> HttpResponse:
    """A file of events is tried, or brought in."""
    found = get_object_or_404(Source, pk=pk)
    form = EventsForm(posted(request), request.FILES or None)
    given: dict[str, Any] = {"source": found, "form": form}
    given["trail"] = [
        (_("Usage data"), reverse("desk:usage_sources")),
        (found.name, reverse("desk:usage_source", args=[pk])),
        (_("File"), ""),
    ]
    if request.method == "POST" and form.is_valid():
        given |= _from_file(request, found, form)
    is_refused = form.errors or "error" in given
    return render(request, "desk/settings/usage_file.html", given, status=422 if is_refused else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("person.erase")
def forget_person(request: HttpRequest) -> HttpResponse:
    page = FormPage(
        title=_("Forget a person"),
        save=_("Forget"),
        kind="bad",
        back=reverse("desk:usage_sources"),
        done=_("Forgotten: what this user did is counted still, and nobody can say who it was."),
        about=_("Who this is in usage data is forgotten for good. Contacts are forgotten on their own page."),
        trail=[(_("Usage data"), reverse("desk:usage_sources")), (_("Forget a person"), "")],
        template="desk/settings/form_page.html",
    )
    form = UserIdForm(posted(request))
    return form_page(
        request, form, page, lambda wanted: erase_user_ids([wanted["user_id"]], by=reader(request))
    )


def _from_file(request: HttpRequest, found: Source, form: EventsForm) -> dict[str, Any]:
    is_applied = request.POST.get("act") == "apply"
    do: Callable[..., Any] = bring_in if is_applied else try_file
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "events"
        form.write_to(place)
        upload = Upload(path=place, is_correction=form.cleaned_data["is_correction"])
        try:
            report = do(found, upload, by=reader(request))
        except Refused as refusal:
            return {"error": str(refusal)}
    return {"report": report, "is_applied": is_applied, "problems": report.problems[:PROBLEMS_SHOWN]}


def _shown_once(request: HttpRequest, found: Source, key: str) -> HttpResponse:
    if not key:
        say_next(request, _("Added."))
        return redirect("desk:usage_source", pk=found.pk)
    given = {
        "source": found,
        "key": key,
        "address": f"{settings.KEEPWELL_URL}/v1/",
        "trail": [(_("Usage data"), reverse("desk:usage_sources")), (found.name, "")],
    }
    return render(request, "desk/settings/usage_key.html", given)
