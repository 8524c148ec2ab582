"""What the vendor is called, and how its mail looks."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from keepwell.desk.access import needs, reader
from keepwell.desk.filling import posted
from keepwell.desk.forms.brand import BrandForm
from keepwell.kit.toasting import say_next
from keepwell.outbox.queries import brand as current_brand
from keepwell.outbox.verbs.branding import change_brand


@require_http_methods(["GET", "HEAD", "POST"])
@needs("settings.brand")
def brand(request: HttpRequest) -> HttpResponse:
    form = BrandForm(posted(request), brand=current_brand())
    if request.method == "POST" and form.is_valid() and _changed(form, request):
        say_next(request, _("Saved. Pages and mails show it from now on."))
        return redirect("desk:brand")
    return render(request, "desk/settings/brand.html", {"form": form}, status=422 if form.errors else 200)


def _changed(form: BrandForm, request: HttpRequest) -> bool:
    try:
        change_brand(by=reader(request), **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
    return not form.errors
