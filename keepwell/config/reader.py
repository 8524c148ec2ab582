"""What each request knows of its reader: the time zone, and what this installation is."""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from keepwell.calendars.queries import version_of_support_hours
from keepwell.kit import clock
from keepwell.outbox.queries import brand


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
    """What templates may show of this installation; what needs the database is asked when it is shown."""
    return {
        "vendor_name": SimpleLazyObject(_vendor_name),
        "support_zone": SimpleLazyObject(_support_zone),
        "is_demo": settings.KEEPWELL_DEMO,
        "scheme": request.COOKIES.get("scheme", ""),
        "mail_is_kept": not settings.KEEPWELL_MAIL_URL,
    }


def _vendor_name() -> str:
    return brand().name


def _support_zone() -> str:
    version = version_of_support_hours(clock.now())
    return version.mapping["timezone"] if version else ""
