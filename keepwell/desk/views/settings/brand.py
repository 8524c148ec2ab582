"""Under which names customers are written to, and how such mails look."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods

from keepwell.desk.access import needs, reader
from keepwell.desk.filling import posted
from keepwell.desk.forms.brand import BrandForm
from keepwell.insight.doers import person_name
from keepwell.kit.toasting import say_next
from keepwell.outbox.models import Brand
from keepwell.outbox.previewing import sample
from keepwell.outbox.queries import brand as own_brand
from keepwell.outbox.queries import brands
from keepwell.outbox.verbs.branding import PERMIT, add_brand, change_brand, check

# Its own style, as a mail has it, and nothing else: no script, nothing from anywhere.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"


@require_http_methods(["GET", "HEAD", "POST"])
@needs(PERMIT)
def brand(request: HttpRequest) -> HttpResponse:
    """The vendor's own, and the way to the others."""
    own, *others = brands()
    form = BrandForm(posted(request), brand=own)
    if request.method == "POST" and _does(form, lambda words: change_brand(by=reader(request), **words)):
        say_next(request, _("Saved. Pages and mails show it from now on."))
        return redirect("desk:brand")
    given = {"preview_url": reverse("desk:brand_preview"), "own": own, "others": others}
    return _brand_page(request, form, **given)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(PERMIT)
def new_brand(request: HttpRequest) -> HttpResponse:
    """Another one, begun from the words of the vendor's own."""
    form = BrandForm(posted(request), brand=Brand(pk=None, accent=own_brand().accent))
    if request.method == "POST" and _does(form, lambda words: add_brand(by=reader(request), **words)):
        say_next(request, _("Added. Choose it at the mailboxes and products that it speaks for."))
        return redirect("desk:brand")
    given = {"preview_url": reverse("desk:brand_preview"), "title": _("New brand")}
    return _brand_page(request, form, **given)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(PERMIT)
def other_brand(request: HttpRequest, pk: int) -> HttpResponse:
    """Another one, with what it speaks for."""
    found = get_object_or_404(Brand, pk=pk)
    if found.is_own:
        return redirect("desk:brand")
    form = BrandForm(posted(request), brand=found)
    if request.method == "POST" and _does(
        form, lambda words: change_brand(found, by=reader(request), **words)
    ):
        say_next(request, _("Saved. Its mails show it from now on."))
        return redirect("desk:other_brand", pk=pk)
    given = {
        "preview_url": reverse("desk:other_brand_preview", args=[pk]),
        "title": found.name,
        "mailboxes": found.mailboxes.order_by("address"),
        "products": found.products.all(),
        "speaks": True,
    }
    return _brand_page(request, form, **given)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(PERMIT)
@xframe_options_sameorigin
def brand_preview(request: HttpRequest) -> HttpResponse:
    """A mail as the form would make it, for the frame beside it; nothing is saved."""
    return _preview(request, own_brand())


@require_http_methods(["GET", "HEAD", "POST"])
@needs(PERMIT)
@xframe_options_sameorigin
def other_brand_preview(request: HttpRequest, pk: int) -> HttpResponse:
    return _preview(request, get_object_or_404(Brand, pk=pk))


def _preview(request: HttpRequest, found: Brand) -> HttpResponse:
    form = BrandForm(posted(request), brand=found)
    wanted = found if request.method != "POST" else _wanted(form, found)
    if wanted is None:
        return _framed(render_to_string("desk/settings/brand_refused.html", {"form": form}))
    return _framed(sample(wanted, person_name(reader(request))))


def _wanted(form: BrandForm, found: Brand) -> Brand | None:
    """The brand as it is filled in; None, and the form says why, where mail could not leave like this."""
    if not form.is_valid():
        return None
    wanted = Brand(pk=found.pk, **form.cleaned_data)
    try:
        check(wanted)
    except ValidationError as error:
        form.add_error(None, error)
        return None
    return wanted


def _framed(html: str) -> HttpResponse:
    response = HttpResponse(html)
    response.headers["Content-Security-Policy"] = POLICY
    return response


def _brand_page(request: HttpRequest, form: BrandForm, **given: Any) -> HttpResponse:
    title = given.get("title")
    trail = [(_("Brand"), reverse("desk:brand")), (title, "")] if title else []
    given |= {"form": form, "trail": trail}
    return render(request, "desk/settings/brand.html", given, status=422 if form.errors else 200)


def _does(form: BrandForm, verb: Callable[[dict[str, Any]], Brand]) -> bool:
    if not form.is_valid():
        return False
    try:
        verb(form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
    return not form.errors
