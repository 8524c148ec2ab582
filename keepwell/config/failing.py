"""What is answered when a page could not be made: the database is away, or the fault is ours."""

from __future__ import annotations

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.defaults import server_error

AGAIN_SECONDS = 15
# How PostgreSQL names that it stops, starts or takes nobody more (appendix A of its manual). One that is
# not there at all names nothing.
AWAY = ("", "08", "57P", "53300")


def failed(request: HttpRequest) -> HttpResponse:
    """Django's handler500: it is asked while the exception is being handled."""
    if not _is_away(sys.exc_info()[1]):
        return server_error(request)
    # No request is given: nothing on this page may ask the database.
    response = HttpResponse(render_to_string("503.html"), status=503)
    response["Retry-After"] = str(AGAIN_SECONDS)
    return response


def _is_away(error: BaseException | None) -> bool:
    if not isinstance(error, (OperationalError, InterfaceError)):
        return False
    state = getattr(error.__cause__, "sqlstate", None) or ""
    return any(state == away or (away and state.startswith(away)) for away in AWAY)
