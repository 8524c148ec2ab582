"""The front door: whether we are here, how to reach us, what we promise."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from keepwell.calendars.support_hours import support_hours
from keepwell.founding.queries import is_founded
from keepwell.kit import clock
from keepwell.outbox.queries import brand
from keepwell.service_levels.models import Commitment
from keepwell.service_levels.published import Published, published
from keepwell.service_levels.queries import default_version


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """For everybody. A new installation leads to its first-run page."""
    if not is_founded():
        return redirect("first_run")
    now = clock.now()
    given = {"hours": support_hours(now), "brand": brand(), "published": _published(now)}
    return render(request, "public/landing.html", given)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines may find the front door and nothing else."""
    return HttpResponse("User-agent: *\nAllow: /$\nDisallow: /\n", content_type="text/plain")


def _published(now: datetime) -> Published | None:
    version = default_version(now)
    return published(Commitment.objects.filter(version=version)) if version else None
