"""Light or dark, as the reader chose it for this device. Without a choice the system's own holds."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

COOKIE = "scheme"
CHOICES = frozenset({"light", "dark"})
KEPT_SECONDS = 365 * 24 * 3600


@require_POST
def choose_scheme(request: HttpRequest) -> HttpResponse:
    """Keeps the choice in a cookie and goes back to where the reader was. Neither light nor dark: none."""
    response = redirect(_back(request))
    chosen = request.POST.get("scheme", "")
    if chosen in CHOICES:
        response.set_cookie(COOKIE, chosen, max_age=KEPT_SECONDS, samesite="Lax")
    else:
        response.delete_cookie(COOKIE)
    return response


def _back(request: HttpRequest) -> str:
    there = request.POST.get("next", "")
    return there if url_has_allowed_host_and_scheme(there, allowed_hosts=None) else "/"
