"""Taking out a reason that should not stand there."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from keepwell.contracts.models import HoursEntry, Renewal
from keepwell.contracts.verbs.redacting import redact_reason
from keepwell.desk.access import needs, reader
from keepwell.desk.views.contracts.page import get_contract
from keepwell.kit.toasting import say_next

PERMIT = "message.redact"


@require_POST
@needs(PERMIT)
def renewal(request: HttpRequest, pk: int, renewal: int) -> HttpResponse:
    found = get_object_or_404(Renewal, pk=renewal, term__contract=get_contract(request, pk))
    return _redacted(request, found, pk)


@require_POST
@needs(PERMIT)
def hours(request: HttpRequest, pk: int, entry: int) -> HttpResponse:
    found = get_object_or_404(HoursEntry, pk=entry, contract=get_contract(request, pk))
    return _redacted(request, found, pk)


def _redacted(request: HttpRequest, found: Renewal | HoursEntry, pk: int) -> HttpResponse:
    redact_reason(found, by=reader(request))
    say_next(request, _("The reason is gone. What was decided stays."))
    return redirect("desk:contract", pk=pk)
