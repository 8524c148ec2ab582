"""The parts of the shell that a page fetches by themselves, and the way in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from keepwell.desk.access import reader, staff_only
from keepwell.desk.filtering import words_of
from keepwell.desk.palette import answers
from keepwell.desk.registry import rail_of


@require_safe
@staff_only
def home(request: HttpRequest) -> HttpResponse:
    """To the first place of the rail that the reader has, or to his own settings."""
    places = rail_of(reader(request))
    return redirect(places[0].url_name if places else "desk:me")


@require_safe
@staff_only
def palette(request: HttpRequest) -> JsonResponse:
    """{"answers": [{group, label, hint, href}]} for the words in `q`."""
    return JsonResponse({"answers": answers(reader(request), words_of(request))})


@require_safe
@staff_only
def support_hours(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/shell/_support_hours.html")


@require_safe
@staff_only
def condition(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/shell/_condition.html")
