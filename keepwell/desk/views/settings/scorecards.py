"""The scorecards: whom each is for, and what it looks at."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from keepwell.desk.access import needs, reader
from keepwell.desk.filling import FormPage, form_page, posted
from keepwell.desk.forms.health import PARTS, NewScorecardForm, ScorecardForm
from keepwell.kit.refusals import Refused
from keepwell.kit.toasting import say_next
from keepwell.success.health.cards import CardRefused
from keepwell.success.health.models import Scorecard, ScorecardVersion
from keepwell.success.health.usual import ESTABLISHED
from keepwell.success.health.verbs.publishing import add_scorecard, publish

PERMIT = "settings.health"


@require_safe
@needs(PERMIT)
def scorecards(request: HttpRequest) -> HttpResponse:
    versions = Prefetch("versions", ScorecardVersion.objects.order_by("-number"), to_attr="all_versions")
    rows = Scorecard.objects.prefetch_related(versions).order_by("segment", "from_days")
    return render(request, "desk/settings/scorecards.html", {"scorecards": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(PERMIT)
def new_scorecard(request: HttpRequest) -> HttpResponse:
    """One for accounts that had none of their own; it begins as the usual one."""
    back = reverse("desk:scorecards")
    page = FormPage(
        title=_("New scorecard"),
        save=_("Add"),
        back=back,
        done=_("Added. It begins as the usual card; change what it looks at."),
        trail=[(_("Scorecards"), back), (_("New scorecard"), "")],
        template="desk/settings/form_page.html",
    )

    def add(wanted: Any) -> None:
        add_scorecard(
            wanted["name"],
            ESTABLISHED,
            segment=wanted["segment"],
            from_days=wanted["from_days"],
            by=reader(request),
        )

    return form_page(request, NewScorecardForm(posted(request)), page, add)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(PERMIT)
def scorecard(request: HttpRequest, pk: int) -> HttpResponse:
    """Its newest version; posting publishes the next."""
    found = get_object_or_404(Scorecard, pk=pk)
    newest = found.versions.latest("number")
    form = ScorecardForm(posted(request), card=newest.card)
    if request.method == "POST" and form.is_valid() and _published(found, form, request):
        say_next(request, _("Published. Accounts are seen by it from the next look on."))
        return redirect("desk:scorecard", pk=pk)
    given = {
        "scorecard": found,
        "newest": newest,
        "versions": found.versions.order_by("-number"),
        "form": form,
        "parts": [words for _name, words in PARTS],
        "trail": [(_("Scorecards"), reverse("desk:scorecards")), (found.name, "")],
    }
    return render(request, "desk/settings/scorecard.html", given, status=422 if form.errors else 200)


def _published(found: Scorecard, form: ScorecardForm, request: HttpRequest) -> bool:
    try:
        publish(found, form.card(), by=reader(request))
    except (CardRefused, Refused) as refusal:
        form.add_error(None, str(refusal))
    return not form.errors
