"""System reviews: those that were delivered to this customer, to read, to print and to accept."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from keepwell.kit.documents import PDF_TYPE
from keepwell.kit.paging import page
from keepwell.kit.refusals import Refused
from keepwell.kit.toasting import say_next
from keepwell.portal.readers import Reader, customers_only, read_by
from keepwell.success.reviews.models import Review
from keepwell.success.reviews.paper import review_pdf
from keepwell.success.reviews.printing import brand_of
from keepwell.success.reviews.showing.document import for_customer
from keepwell.success.reviews.states import ReviewState
from keepwell.success.reviews.verbs.delivering import accept
from keepwell.success.road_maps.queries import speaks_for_account

ORDER = ("-delivered_at", "-pk")


@require_safe
@customers_only
def reviews(request: HttpRequest) -> HttpResponse:
    reader = read_by(request)
    listed = page(_seen(reader).order_by(), order=ORDER, cursor=request.GET.get("cursor", ""))
    return render(request, "portal/reviews.html", {"reader": reader, "page": listed})


@require_safe
@customers_only
def review(request: HttpRequest, pk: int) -> HttpResponse:
    reader = read_by(request)
    found = _get(reader, pk)
    is_open = found.state == ReviewState.DELIVERED
    given = {
        "reader": reader,
        "review": found,
        "document": for_customer(found),
        "may_accept": is_open and speaks_for_account(reader.actor, found.account_id),
    }
    return render(request, "portal/review.html", given)


@require_safe
@customers_only
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """In the reader's language, as the page is."""
    found = _get(read_by(request), pk)
    made = review_pdf(for_customer(found), brand_of(found.account))
    disposition = f'attachment; filename="system-review-{found.last_on}.pdf"'
    return HttpResponse(made, content_type=PDF_TYPE, headers={"Content-Disposition": disposition})


@require_POST
@customers_only
def acceptance(request: HttpRequest, pk: int) -> HttpResponse:
    reader = read_by(request)
    try:
        accept(_get(reader, pk), by=reader.actor)
    except Refused as refusal:
        say_next(request, str(refusal), tone="bad")
    else:
        say_next(request, _("Thank you. We know that you have read it."))
    return redirect("portal:review", pk=pk)


def _seen(reader: Reader) -> Any:
    return Review.objects.visible_to(reader.actor).select_related("account", "accepted_by")


def _get(reader: Reader, pk: int) -> Review:
    found: Review = get_object_or_404(_seen(reader), pk=pk)
    return found
