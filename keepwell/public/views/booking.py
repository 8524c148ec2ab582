"""Choosing a time by the link from our mail: looking at it changes nothing, one press of the button books."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from keepwell.kit import clock
from keepwell.kit.refusals import Refused
from keepwell.success.engagements.models import BookingLink, State
from keepwell.success.engagements.proposing import zone_of
from keepwell.success.engagements.refusals import TimeTaken
from keepwell.success.engagements.verbs.booking import book as book_it
from keepwell.success.engagements.verbs.booking import link_of, still_free


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def book(request: HttpRequest, token: str) -> HttpResponse:
    """The times that are still free; or what was booked; or that the link leads nowhere any more."""
    link = link_of(token)
    if link is None:
        raise Http404
    if request.method != "POST":
        return _page(request, link)
    starts_at = _instant(request.POST.get("starts_at", ""))
    if starts_at is None:
        return _page(request, link, status=422)
    try:
        book_it(link, starts_at)
    except Refused as refusal:
        link = link_of(token) or link
        return _page(
            request, link, refused=str(refusal), status=409 if isinstance(refusal, TimeTaken) else 422
        )
    return _page(request, link_of(token) or link)


def _page(request: HttpRequest, link: BookingLink, *, refused: str = "", status: int = 200) -> HttpResponse:
    now, engagement = clock.now(), link.engagement
    is_good = link.is_good_at(now) and engagement.is_ahead
    is_booked = link.used_at is not None and engagement.state == State.SCHEDULED
    zone = _zone_of(link)
    given: dict[str, Any] = {
        "engagement": engagement,
        "times": still_free(engagement, at=now) if is_good else [],
        "is_good": is_good,
        "is_booked": is_booked,
        "is_chosen": _is_invited(link) and engagement.state == State.SCHEDULED,
        "refused": refused,
        "zone": str(zone),
    }
    # On the wall of whoever was sent the link: he has not signed in, so that nothing else says where he is.
    with timezone.override(zone):
        return render(request, "public/book.html", given, status=status)


def _is_invited(link: BookingLink) -> bool:
    return link.engagement.attendees.filter(contact=link.contact, removed_at=None).exists()


def _zone_of(link: BookingLink) -> ZoneInfo:
    user = link.contact.user
    return ZoneInfo(user.time_zone) if user and user.time_zone else zone_of(link.engagement.account)


def _instant(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else None
