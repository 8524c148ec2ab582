"""Versions of a product, and until when each is supported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from keepwell.customers.lifetime_words import standing_words, tone
from keepwell.customers.lifetimes import standing
from keepwell.customers.models import Product, ProductVersion
from keepwell.customers.verbs.versions import PERMIT, add_version, change_version, remove_version
from keepwell.desk.access import needs, reader
from keepwell.desk.filling import FormPage, Trail, done, form_page, posted
from keepwell.desk.forms.products import VersionForm
from keepwell.kit import clock
from keepwell.kit.toasting import say_next

METHODS = ["GET", "HEAD", "POST"]


@dataclass(frozen=True, kw_only=True)
class ShownVersion:
    """A version with how long it is supported, as of today."""

    version: ProductVersion
    words: str
    tone: str


def versions_shown(product: Product) -> list[ShownVersion]:
    """The newest first; those without a day of release by their number, after the others."""
    today = clock.now().astimezone(timezone.get_current_timezone()).date()
    rows = sorted(product.versions.all(), key=lambda one: one.number, reverse=True)
    rows.sort(key=lambda one: (one.released_on is None, -(one.released_on or today).toordinal()))
    return [
        ShownVersion(version=one, words=standing_words(found), tone=tone(found))
        for one in rows
        for found in [standing(one.lifetime, today)]
    ]


@require_http_methods(METHODS)
@needs(PERMIT)
def new_version(request: HttpRequest, pk: int) -> HttpResponse:
    product = get_object_or_404(Product, pk=pk)
    form = VersionForm(posted(request))
    page = FormPage(
        title=_("New version"),
        save=_("Add"),
        back=reverse("desk:product", args=[pk]),
        done=_("Added."),
        trail=_trail(product, _("New version")),
        template="desk/settings/form_page.html",
    )
    return form_page(
        request,
        form,
        page,
        lambda wanted: add_version(product, wanted["number"], form.lifetime(), by=reader(request)),
    )


@require_http_methods(METHODS)
@needs(PERMIT)
def version(request: HttpRequest, pk: int, version: int) -> HttpResponse:
    found = _get(pk, version)
    form = VersionForm(posted(request), version=found)

    def change(wanted: Any) -> None:
        change_version(found, wanted["number"], form.lifetime(), by=reader(request))

    if request.method == "POST" and done(form, change):
        say_next(request, _("Saved."))
        return redirect("desk:product", pk=pk)
    given = {"version": found, "form": form, "trail": _trail(found.product, found.number)}
    return render(request, "desk/settings/version.html", given, status=422 if form.errors else 200)


@require_POST
@needs(PERMIT)
def removal(request: HttpRequest, pk: int, version: int) -> HttpResponse:
    remove_version(_get(pk, version), by=reader(request))
    say_next(request, _("Removed. What runs of it stays as it is."))
    return redirect("desk:product", pk=pk)


def _get(pk: int, version: int) -> ProductVersion:
    rows = ProductVersion.objects.select_related("product")
    return get_object_or_404(rows, pk=version, product=pk)


def _trail(product: Product, title: str) -> Trail:
    product_page = (product.name, reverse("desk:product", args=[product.pk]))
    return [(_("Products"), reverse("desk:products")), product_page, (title, "")]
