"""What we say that a goal was worth; the customer says in the portal whether it was."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from keepwell.desk.access import needs, reader
from keepwell.desk.filling import form_page, posted
from keepwell.desk.forms.road_maps import WorthForm
from keepwell.desk.views.road_maps.around import around
from keepwell.desk.views.road_maps.goals import get_goal
from keepwell.desk.views.road_maps.page import get_road_map
from keepwell.success.road_maps.verbs.valuing import claim_value


@require_http_methods(["GET", "HEAD", "POST"])
@needs("road_map.edit")
def new_claim(request: HttpRequest, pk: int, goal: int) -> HttpResponse:
    found = get_road_map(request, pk)
    row = get_goal(found, goal)
    form = WorthForm(posted(request))
    about = _("It counts once somebody of the customer confirms it; until then it stands apart.")
    return form_page(
        request,
        form,
        around(found, _("What it was worth"), about=about),
        lambda _wanted: claim_value(row, form.worth(), by=reader(request)),
    )
