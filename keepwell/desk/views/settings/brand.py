"""What the vendor is called, and how its mail looks."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
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
from keepwell.outbox.queries import brand as current_brand
from keepwell.outbox.verbs.branding import change_brand, check

# Its own style, as a mail has it, and nothing else: no script, nothing from anywhere.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"


@require_http_methods(["GET", "HEAD", "POST"])
@needs("settings.brand")
def brand(request: HttpRequest) -> HttpResponse:
    form = BrandForm(posted(request), brand=current_brand())
    if request.method == "POST" and form.is_valid() and _changed(form, request):
        say_next(request, _("Saved. Pages and mails show it from now on."))
        return redirect("desk:brand")
    return render(request, "desk/settings/brand.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("settings.brand")
@xframe_options_sameorigin
def brand_preview(request: HttpRequest) -> HttpResponse:
    """A mail as the form would make it, for the frame beside it; nothing is saved."""
    form = BrandForm(posted(request), brand=current_brand())
    wanted = current_brand() if request.method != "POST" else _wanted(form)
    if wanted is None:
        return _framed(render_to_string("desk/settings/brand_refused.html", {"form": form}))
    return _framed(sample(wanted, person_name(reader(request))))


def _wanted(form: BrandForm) -> Brand | None:
    """The brand as it is filled in; None, and the form says why, where mail could not leave like this."""
    if not form.is_valid():
        return None
    wanted = Brand(**form.cleaned_data)
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


def _changed(form: BrandForm, request: HttpRequest) -> bool:
    try:
        change_brand(by=reader(request), **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
    return not form.errors
