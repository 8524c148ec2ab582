"""Two addresses for whoever watches the machine: does the process live, can it serve."""

from __future__ import annotations

from dataclasses import asdict

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from keepwell.kit.condition import all_parts


@require_safe
@never_cache
def lives(request: HttpRequest) -> JsonResponse:
    """Answers as long as the process can; it asks nothing of the database, so a probe may kill on silence."""
    return JsonResponse({"lives": True})


@require_safe
@never_cache
def is_ready(request: HttpRequest) -> JsonResponse:
    """200 if pages can be served, else 503; each part with its state in plain words.

    A silent worker does not make a web process unready: its pages work, and say what waits.
    """
    parts = all_parts()
    ready = all(part.is_well for part in parts if part.is_needed)
    answer = {"ready": ready, "parts": [asdict(part) for part in parts]}
    return JsonResponse(answer, status=200 if ready else 503)
