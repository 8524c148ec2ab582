"""The road map on paper, all of it: for our own hands, not for the customer's."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from keepwell.contracts.queries import sees_prices
from keepwell.desk.access import needs, reader
from keepwell.desk.views.road_maps.page import PERMIT, get_road_map, shown_of
from keepwell.kit.documents import PDF_TYPE
from keepwell.success.road_maps.paper import Sheet, road_map_pdf


@require_safe
@needs(PERMIT)
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """What the customer paid stands there for those who may see prices."""
    found = get_road_map(request, pk)
    given = shown_of(found)
    sheet = Sheet(
        account=found.account.name,
        standing=_("Internal: as it stands for us, also what is not shared."),
        on=given["today"],
        returns=given["returns"] if sees_prices(reader(request)) else (),
        returns_span=given["returns_span"],
    )
    made = road_map_pdf(given["shown"], sheet)
    disposition = f'attachment; filename="road-map-{found.pk}.pdf"'
    return HttpResponse(made, content_type=PDF_TYPE, headers={"Content-Disposition": disposition})
