"""The calendar of one person, by its secret address: whoever has it reads the titles, and nothing else."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from keepwell.kit import clock
from keepwell.success.engagements.feeding import calendar_of
from keepwell.success.engagements.verbs.feeding import reader_of


@never_cache
@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    reader = reader_of(token)
    if reader is None:
        raise Http404
    with translation.override(reader.locale or settings.LANGUAGE_CODE):
        content = calendar_of(reader, now=clock.now())
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="keepwell.ics"'
    return response
