"""The reviews of an account, one of them, how the customer sees it, and on paper."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from keepwell.contracts.queries import sees_prices
from keepwell.desk.access import needs, reader
from keepwell.desk.filling import Trail
from keepwell.desk.views.accounts.page import get_account, head
from keepwell.kit.documents import PDF_TYPE
from keepwell.kit.paging import page
from keepwell.kit.refusals import Refused
from keepwell.kit.toasting import say_next
from keepwell.success.reviews.editing import PERMIT as EDITS
from keepwell.success.reviews.models import Review
from keepwell.success.reviews.printing import print_for_customer, print_for_us
from keepwell.success.reviews.queries import reviews_of, under_way
from keepwell.success.reviews.showing.document import day_at, for_customer, for_staff
from keepwell.success.reviews.verbs.assembling import assemble

PERMIT = "review.see"
ORDER = ("-begun_at", "-pk")


@require_safe
@needs(PERMIT)
def of_account(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_account(request, pk)
    rows = reviews_of(reader(request), found).order_by()
    listed = page(rows, order=ORDER, cursor=request.GET.get("cursor", ""))
    for review in listed.rows:
        review.account = found
        review.delivered_on = day_at(review, review.delivered_at) if review.delivered_at else ""
        review.accepted_on = day_at(review, review.accepted_at) if review.accepted_at else ""
    given = {**head(request, found, "reviews"), "page": listed, "under_way": under_way(found)}
    return render(request, "desk/reviews/list.html", given)


@require_POST
@needs(EDITS)
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """One click: all that is known is put together, and the page leads there."""
    found = get_account(request, pk)
    try:
        review = assemble(found, by=reader(request))
    except Refused as refusal:
        say_next(request, str(refusal), tone="bad")
        return redirect("desk:account_reviews", pk=pk)
    say_next(request, _("Assembled. Nobody at the customer sees it before you deliver it."))
    return redirect("desk:review", pk=review.pk)


@require_safe
@needs(PERMIT)
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """All of it; while it is not delivered with what there is to edit."""
    found = get_review(request, pk)
    document = for_staff(found, with_prices=sees_prices(reader(request)))
    given = {
        **head(request, found.account, "reviews"),
        "review": found,
        "document": document,
        "undecided": sum(1 for one in document.findings if not one.became),
    }
    return render(request, "desk/reviews/page.html", given)


@require_safe
@needs(PERMIT)
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """As the customer reads it, or will."""
    found = get_review(request, pk)
    title = _("As the customer reads it")
    given = {"review": found, "document": for_customer(found), "trail": trail(found, title)}
    return render(request, "desk/reviews/preview.html", given)


@require_safe
@needs(PERMIT)
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """`?for=customer`: what he gets; else all of it, for our own hands."""
    found = get_review(request, pk)
    is_theirs = request.GET.get("for") == "customer"
    made = (
        print_for_customer(found)
        if is_theirs
        else print_for_us(found, with_prices=sees_prices(reader(request)))
    )
    disposition = f'attachment; filename="system-review-{found.last_on}.pdf"'
    return HttpResponse(made, content_type=PDF_TYPE, headers={"Content-Disposition": disposition})


def get_review(request: HttpRequest, pk: int) -> Review:
    rows = Review.objects.visible_to(reader(request)).select_related(
        "account__parent", "accepted_by", "delivered_by", "engagement"
    )
    found: Review = get_object_or_404(rows, pk=pk)
    return found


def trail(found: Review, title: str) -> Trail:
    account = found.account
    return [
        (_("Accounts"), reverse("desk:accounts")),
        (account.name, reverse("desk:account", args=[account.pk])),
        (_("System review"), reverse("desk:review", args=[found.pk])),
        (title, ""),
    ]
