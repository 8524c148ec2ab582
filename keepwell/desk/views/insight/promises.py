"""The table of promises, with what was reached beside each."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from keepwell.desk.access import needs
from keepwell.desk.filtering import chips, menus
from keepwell.desk.insight_asking import asked, insight_filters
from keepwell.insight.guidelines.table import promise_table
from keepwell.kit import clock
from keepwell.service_levels.queries import guidelines_in_force, published_guidelines


@require_safe
@needs("insight.see")
def promises(request: HttpRequest) -> HttpResponse:
    now, filters = clock.now(), insight_filters()
    published = list(published_guidelines())
    known = {version.pk for version in published}
    given = {
        "now": now,
        "chips": chips(request, filters),
        "menus": menus(request, filters),
        "others": [version for version in guidelines_in_force() if version.pk not in known],
    }
    if published:
        wanted = asked(request, published[0], filters, at=now)
        given |= {
            "asked": wanted,
            "table": promise_table(published, wanted.window, at=now, narrowing=wanted.narrowing),
        }
    return render(request, "desk/insight/promises.html", given)
