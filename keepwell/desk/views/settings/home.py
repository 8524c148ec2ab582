"""Everything the reader may set up, by group."""

from __future__ import annotations

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from keepwell.desk.access import reader, staff_only
from keepwell.desk.registry import SettingsPage, entries_for


@require_safe
@staff_only
def settings_home(request: HttpRequest) -> HttpResponse:
    pages = entries_for(reader(request), SettingsPage)
    if not pages:
        raise Http404
    groups = [(words, list(of_group)) for words, of_group in groupby(pages, key=lambda page: str(page.group))]
    return render(request, "desk/settings/home.html", {"groups": groups})
