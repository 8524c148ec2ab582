"""What browsers report of pages that tried to load or run what they may not."""

from __future__ import annotations

import json

import structlog
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from keepwell.public.limits import is_within

log = structlog.get_logger("keepwell.csp")
LONGEST = 8_192


@csrf_exempt
@require_POST
def csp_report(request: HttpRequest) -> HttpResponse:
    """Logged, with addresses cut of what could be personal; answered 204 whatever it was."""
    if is_within(request, "csp"):
        log.warning("csp_report", **_told(request.body[:LONGEST]))
    return HttpResponse(status=204)


def _told(body: bytes) -> dict[str, str]:
    try:
        report = json.loads(body)["csp-report"]
        names = ("effective-directive", "violated-directive", "blocked-uri", "document-uri")
        return {name.replace("-", "_"): str(report.get(name, ""))[:200].partition("?")[0] for name in names}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {"unreadable": "yes"}
