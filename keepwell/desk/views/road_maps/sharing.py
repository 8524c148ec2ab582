"""Sharing with the customer, and reading what was shared."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from keepwell.desk.access import needs, reader
from keepwell.desk.views.road_maps.page import PERMIT, get_road_map, today, trail
from keepwell.kit.refusals import Refused
from keepwell.kit.toasting import say_next
from keepwell.success.road_maps.models import Version
from keepwell.success.road_maps.showing import shared as shown_shared
from keepwell.success.road_maps.verbs.sharing import share


@require_POST
@needs("road_map.edit")
def sharing(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        version = share(get_road_map(request, pk), by=reader(request))
        say_next(request, _("Version %(number)s is shared.") % {"number": version.number})
    except Refused as refusal:
        say_next(request, str(refusal), tone="bad")
    return redirect("desk:road_map", pk=pk)


@require_safe
@needs(PERMIT)
def version(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """What the customer reads, word for word as it was shared, with how far it is now."""
    found = get_road_map(request, pk)
    rows = Version.objects.exclude(state="draft").select_related("agreed_by")
    row = get_object_or_404(rows, road_map=found, number=number)
    title = _("Version %(number)s") % {"number": number}
    shown = shown_shared(found, row, today())
    given = {"road_map": found, "version": row, "trail": trail(found, title), "shown": shown}
    return render(request, "desk/road_maps/version.html", given)
