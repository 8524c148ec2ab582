"""What if it had been promised otherwise: a guideline's figures as they were, and as they would have been."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from keepwell.desk.access import needs
from keepwell.desk.forms.what_if import WhatIfForm
from keepwell.desk.insight_asking import NAMES, Asked, asked, insight_filters
from keepwell.desk.views.insight.guideline import PERMIT, version_of
from keepwell.insight.guidelines.narrowed import narrowing_words
from keepwell.insight.guidelines.side_by_side import side_by_side
from keepwell.insight.what_if.answering import answered, forget
from keepwell.insight.what_if.question import Question
from keepwell.kit import clock
from keepwell.service_levels.measuring import promise_at, selection_of
from keepwell.service_levels.models import GuidelineVersion
from keepwell.service_levels.published import promise_words


@require_http_methods(["GET", "HEAD", "POST"])
@needs(PERMIT)
def what_if(request: HttpRequest, pk: int) -> HttpResponse:
    """The form stands in the address: what was tried can be sent on, and changes nothing.

    A POST to the same address asks the same once more.
    """
    now, version = clock.now(), version_of(pk)
    wanted = asked(request, version, insight_filters(), at=now)
    form = _form(request, version, wanted, now)
    question = _question(form, version, wanted)
    if request.method == "POST":
        if question:
            forget(question, at=now)
        return redirect(request.get_full_path())
    here = reverse("desk:guideline", args=[pk]) + wanted.here
    given = {
        "version": version,
        "guideline": version.guideline,
        "asked": wanted,
        "form": form,
        "kept": [(name, request.GET[name]) for name in ("on", *NAMES) if request.GET.get(name)],
        "narrowed": narrowing_words(wanted.narrowing),
        "promise": promise_words(form.commitment),
        **_compared(request, pk, question, now),
        "back": here,
        "trail": [
            (_("Insight"), reverse("desk:insight")),
            (version.guideline.name, here),
            (_("What if"), ""),
        ],
        "now": now,
    }
    return render(request, "desk/insight/what_if.html", given)


@require_safe
@needs(PERMIT)
def compared(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of the page that says how far it is, and then what came of it."""
    now, version = clock.now(), version_of(pk)
    wanted = asked(request, version, insight_filters(), at=now)
    question = _question(_form(request, version, wanted, now), version, wanted)
    return render(request, "desk/insight/_compared.html", _compared(request, pk, question, now))


def _form(request: HttpRequest, version: GuidelineVersion, wanted: Asked, now: datetime) -> WhatIfForm:
    promised = promise_at(version, min(now, wanted.window.ends_at))
    return WhatIfForm(request.GET if "amount" in request.GET else None, commitment=promised)


def _question(form: WhatIfForm, version: GuidelineVersion, wanted: Asked) -> Question | None:
    """None while nothing is asked that can be answered."""
    if not form.is_valid():
        return None
    return Question(
        selection=selection_of(version, wanted.window, wanted.narrowing),
        edited=form.edited(),
        objective=form.commitment.objective,
        other=form.cleaned_data["objective"],
    )


def _compared(request: HttpRequest, pk: int, question: Question | None, now: datetime) -> dict[str, Any]:
    if question is None:
        return {"found": None}
    found, query = answered(question, at=now), request.GET.urlencode()
    pairs = side_by_side(found.answer["was"], found.answer["would_be"]) if found.answer else []
    return {
        "found": found,
        "pairs": pairs,
        "has_failed": found.has_failed(now),
        "part": f"{reverse('desk:guideline_compared', args=[pk])}?{query}",
        "again": f"{reverse('desk:guideline_what_if', args=[pk])}?{query}",
    }
