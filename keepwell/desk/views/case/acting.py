"""Something done with a case by a form: a dialog where scripts run, a page of its own where not.

What was typed is kept whatever comes; a case that others changed meanwhile is shown with what they changed,
and the same form sent again goes through.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django_htmx.http import trigger_client_event

from keepwell.cases.models import Case
from keepwell.cases.refusals import CaseHasChanged
from keepwell.desk.access import reader
from keepwell.desk.case_page.finding import address_of, get_case, is_fetched
from keepwell.desk.case_page.news import News, Seen, is_own_doing, news_since
from keepwell.kit.identities import id_in
from keepwell.kit.refusals import Refused
from keepwell.kit.toasting import say, say_next

Do = Callable[[Mapping[str, Any], int | None], object]


@dataclass(frozen=True, kw_only=True)
class Act:
    """What stands around the form. `about` says what will happen; `done` is said when it did.

    `text` is what it is done to, word for word; `place` is where on the case's page one comes back.
    """

    title: str
    save: str
    done: str
    about: str = ""
    kind: str = "main"
    text: str = ""
    place: str = ""


class Nothing(forms.Form):
    """Nothing to fill in: the button is the question."""


def sent(request: HttpRequest) -> Any:
    """What a form is bound to: what was sent, or nothing while it is only looked at."""
    return request.POST if request.method == "POST" else None


def act(request: HttpRequest, case: Case, form: forms.Form, page: Act, do: Do) -> HttpResponse:
    """Shows the form, or does what it asks for; refused or overtaken it comes back as it was filled in."""
    if request.method != "POST":
        return _shown(request, case, form, page)
    if not form.is_valid():
        return _shown(request, case, form, page, status=422)
    seen = seen_version(request)
    try:
        _do(case, form, do, seen, reader(request))
    except Refused as refusal:
        _add(form, refusal)
        return _shown(request, get_case(request, case.number), form, page, status=422)
    except CaseHasChanged:
        case = get_case(request, case.number)
        news = news_since(case, Seen(version=seen), reader(request))
        return _shown(request, case, form, page, news=news, status=409)
    return done(request, case, page.done, place=page.place)


def done(request: HttpRequest, case: Case, words: str, *, place: str = "") -> HttpResponse:
    """Back to the case, with a word that it is done."""
    if not is_fetched(request):
        say_next(request, words)
        return redirect(f"{address_of(case)}#{place}" if place else address_of(case))
    response = trigger_client_event(HttpResponse(status=204), "closeDialog", {"value": "case-act"})
    return say(trigger_client_event(response, "caseChanged"), words)


def seen_version(request: HttpRequest) -> int | None:
    return id_in(request.POST.get("seen", ""))


def _do(case: Case, form: forms.Form, do: Do, seen: int | None, who: Any) -> None:
    try:
        do(form.cleaned_data, seen)
    except CaseHasChanged as changed:
        if not is_own_doing(changed, who):
            raise
        do(form.cleaned_data, None)


def _add(form: Any, refusal: Refused) -> None:
    """Beside the fields that the refusal names, else above the form."""
    named = [name for name in getattr(refusal, "missing", ()) if name in form.fields]
    for name in named:
        form.add_error(name, _("Say it in a few words at least."))
    if not named:
        form.add_error(None, str(refusal))


def _shown(
    request: HttpRequest,
    case: Case,
    form: forms.Form,
    page: Act,
    *,
    news: News | None = None,
    status: int = 200,
) -> HttpResponse:
    _begin_with_the_first(form)
    part = "desk/case/_act.html" if is_fetched(request) else "desk/case/act.html"
    given = {"case": case, "form": form, "page": page, "news": news, "address": request.path}
    return render(request, part, given, status=status)


def _begin_with_the_first(form: forms.Form) -> None:
    first = next(iter(form.visible_fields()), None)
    if first and not form.errors:
        first.field.widget.attrs["autofocus"] = True
