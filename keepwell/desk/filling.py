"""A page with one form that leads to one verb."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from keepwell.kit.refusals import Refused
from keepwell.kit.toasting import say_next

Trail = list[tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class FormPage:
    """What stands around the form. `back` is where it leads when done, and by Cancel; `done` is said then.

    `about` says above the form what will happen; `kind` is that of the button.
    """

    title: str
    back: str
    done: str
    save: str = ""
    about: str = ""
    kind: str = "main"
    trail: Trail = field(default_factory=list)
    template: str = "desk/form_page.html"


def posted(request: HttpRequest) -> QueryDict | None:
    """What was filled in, empty fields included; None while the form is only looked at."""
    return request.POST if request.method == "POST" else None


def form_page(
    request: HttpRequest, form: forms.Form, page: FormPage, do: Callable[[Mapping[str, Any]], object]
) -> HttpResponse:
    """Shows the form, or does what it asks for and leads on; a refusal stands above what was filled in."""
    if request.method == "POST" and done(form, do):
        say_next(request, page.done)
        return redirect(page.back)
    given = {"form": form, "page": page, "save": page.save or _("Save")}
    return render(request, page.template, given, status=422 if form.errors else 200)


def done(form: forms.Form, do: Callable[[Mapping[str, Any]], object]) -> bool:
    """Whether the form was complete and its verb did it; else the form carries why not."""
    if not form.is_valid():
        return False
    try:
        do(form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
