"""Keeping a list under a name, and letting it go."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from keepwell.cases.models import SavedView
from keepwell.cases.verbs.viewing import delete_view, save_view
from keepwell.desk.access import needs, reader
from keepwell.kit.toasting import say_next


@require_POST
@needs("case.see")
def save(request: HttpRequest) -> HttpResponse:
    """The filters in `query` stand under `name` from now on, and the list is shown by it."""
    query = QueryDict(request.POST.get("query", "")).dict()
    view = save_view(
        request.POST.get("name", ""),
        {name: str(value) for name, value in query.items()},
        is_shared=bool(request.POST.get("shared")),
        by=reader(request),
    )
    say_next(request, _("Kept as “%(name)s”.") % {"name": view.name})
    return redirect(f"{reverse('desk:cases')}?{urlencode({'view': view.pk})}")


@require_POST
@needs("case.see")
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    """The list is gone; its cases are not."""
    view = get_object_or_404(SavedView, pk=pk, owner=reader(request))
    delete_view(view, by=reader(request))
    say_next(request, _("The list “%(name)s” is gone. Its cases are not.") % {"name": view.name})
    return redirect("desk:cases")
