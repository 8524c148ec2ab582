"""What each request knows of its reader: the time zone, and what this installation is."""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject

from keepwell.calendars.queries import version_of_support_hours
from keepwell.kit import clock
from keepwell.outbox.queries import brand_name


class ReaderMiddleware:
    """The reader's own zone and language hold for as long as the request lasts."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with timezone.override(_zone_of(request)), translation.override(_language_of(request)):
            return self.get_response(request)


def _language_of(request: HttpRequest) -> str:
    """What the reader chose, else what his browser asked for."""
    chosen = getattr(request.user, "locale", "")
    return (
        chosen if chosen in dict(settings.LANGUAGES) else translation.get_language() or settings.LANGUAGE_CODE
    )


def _zone_of(request: HttpRequest) -> zoneinfo.ZoneInfo | None:
    """The zone the reader chose, else that of his browser, else that of the support hours."""
    for name in (getattr(request.user, "time_zone", ""), request.COOKIES.get("zone", "")):
        if name and (zone := _zone_named(name)):
            return zone
    return _zone_named(_support_zone_of_the_minute(int(clock.now().timestamp()) // 60))


def _zone_named(name: str) -> zoneinfo.ZoneInfo | None:
    try:
        return zoneinfo.ZoneInfo(name) if name else None
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return None


@lru_cache(maxsize=1)
def _support_zone_of_the_minute(minute: int) -> str:
    """Asked once a minute by each process: most requests of visitors need it."""
    try:
        return _support_zone()
    except DatabaseError:
        # The page itself says that the database is away; the clock on it is the least of it.
        return ""


def installation(request: HttpRequest) -> dict[str, Any]:
    """What templates may show of this installation; what needs the database is asked when it is shown."""
    support = SimpleLazyObject(lambda: version_of_support_hours(clock.now()))
    return {
        "vendor_name": SimpleLazyObject(brand_name),
        "support_version": support,
        "support_zone": SimpleLazyObject(lambda: support.mapping["timezone"] if support else ""),
        "is_demo": settings.KEEPWELL_DEMO,
        "scheme": request.COOKIES.get("scheme", ""),
        "mail_is_kept": not settings.KEEPWELL_MAIL_URL,
    }


def _support_zone() -> str:
    version = version_of_support_hours(clock.now())
    return version.mapping["timezone"] if version else ""
