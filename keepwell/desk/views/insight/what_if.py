"""The same history under another promise, side by side; nothing of it is stored."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from keepwell.desk.access import needs
from keepwell.desk.forms.what_if import WhatIfForm
from keepwell.desk.insight_asking import NAMES, asked, insight_filters
from keepwell.desk.views.insight.guideline import PERMIT, version_of
from keepwell.insight.guidelines.narrowed import narrowing_words
from keepwell.insight.guidelines.side_by_side import Pair, side_by_side
from keepwell.kit import clock
from keepwell.service_levels.attainment import attainment_of
from keepwell.service_levels.measuring import Figures, figures_of
from keepwell.service_levels.published import promise_words
from keepwell.service_levels.what_if import edited_cohort


@require_safe
@needs(PERMIT)
def what_if(request: HttpRequest, pk: int) -> HttpResponse:
    """The form stands in the address: what was tried can be sent on, and changes nothing."""
    now, version = clock.now(), version_of(pk)
    wanted = asked(request, version, insight_filters(), at=now)
    found = figures_of(version, wanted.window, at=now, narrowing=wanted.narrowing)
    form = WhatIfForm(request.GET if "amount" in request.GET else None, commitment=found.commitment)
    here = reverse("desk:guideline", args=[pk]) + wanted.here
    given = {
        "version": version,
        "guideline": version.guideline,
        "asked": wanted,
        "form": form,
        "kept": [(name, request.GET[name]) for name in ("on", *NAMES) if request.GET.get(name)],
        "narrowed": narrowing_words(wanted.narrowing),
        "promise": promise_words(found.commitment),
        "pairs": _compared(found, form) if form.is_bound and form.is_valid() else [],
        "back": here,
        "trail": [
            (_("Insight"), reverse("desk:insight")),
            (version.guideline.name, here),
            (_("What if"), ""),
        ],
        "now": now,
    }
    return render(request, "desk/insight/what_if.html", given)


def _compared(found: Figures, form: WhatIfForm) -> list[Pair]:
    cohort = edited_cohort(found.selection, form.edited(), at=found.as_of)
    return side_by_side(
        found.attainment,
        attainment_of(cohort),
        objective=found.objective,
        other=form.cleaned_data["objective"],
    )
