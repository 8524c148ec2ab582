"""What each request knows of its reader: the time zone, and what this installation is."""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone


class ReaderMiddleware:
    """Times are shown in the reader's own zone for as long as the request lasts."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with timezone.override(_zone_of(request)):
            return self.get_response(request)


def _zone_of(request: HttpRequest) -> zoneinfo.ZoneInfo | None:
    name = getattr(request.user, "time_zone", "") or request.COOKIES.get("zone", "")
    try:
        return zoneinfo.ZoneInfo(name) if name else None
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return None


def installation(request: HttpRequest) -> dict[str, Any]:
    return {
        "is_demo": settings.KEEPWELL_DEMO,
        "scheme": request.COOKIES.get("scheme", ""),
        "mail_is_kept": not settings.KEEPWELL_MAIL_URL,
    }
