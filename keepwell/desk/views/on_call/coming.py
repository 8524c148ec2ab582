"""The coming weeks: who is on call when, and where nobody is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from keepwell.desk.access import reader, staff_only
from keepwell.desk.on_call_picture import coming_weeks
from keepwell.kit import clock
from keepwell.people import permits
from keepwell.staffing.models import Rota
from keepwell.staffing.verbs.rotas import PERMIT


@require_safe
@staff_only
def on_call(request: HttpRequest) -> HttpResponse:
    """All of the staff may look; whoever sets up teams may change it."""
    rotas = list(Rota.objects.standing().with_turns())
    given = {
        "rotas": rotas,
        "coming": coming_weeks([rota.turns for rota in rotas], clock.now()) if rotas else None,
        "may_change": permits.may(reader(request), PERMIT),
    }
    return render(request, "desk/on_call/page.html", given)
