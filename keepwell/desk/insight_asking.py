"""What a page of Insight is asked for, as it stands in its address: the window, and what narrows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from keepwell.calendars.compiled import working_time_of
from keepwell.calendars.queries import version_of_support_hours
from keepwell.cases.words import LEVEL_WORDS
from keepwell.conversations.models import Channel
from keepwell.customers.models import Account, Product
from keepwell.desk.filtering import Filter
from keepwell.service_levels.measuring import Narrowing, zone_of
from keepwell.service_levels.models import GuidelineVersion
from keepwell.service_levels.windows import MONTH, Window, earlier, later, window_at
from keepwell.staffing.models import Team

NAMES = ("product", "segment", "channel", "level", "team")
# At the ends of the calendar no midnight can be told in another zone.
YEARS = range(1970, 2200)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """`before`, `here` and `after` are queries for the window and those beside it; "" if it has not begun."""

    window: Window
    narrowing: Narrowing
    before: str
    here: str
    after: str
    problem: str = ""


def insight_filters() -> list[Filter]:
    """What figures can be narrowed by; only what some case may have is offered."""
    segments = Account.objects.exclude(segment="").order_by("segment").values_list("segment", flat=True)
    return [
        Filter(name="product", words=_("Product"), choices=_named(Product.objects.order_by("name"))),
        Filter(name="segment", words=_("Segment"), choices=[(one, one) for one in segments.distinct()]),
        Filter(name="channel", words=_("Channel"), choices=[(v, str(w)) for v, w in Channel.choices]),
        Filter(name="level", words=_("Level"), choices=[(str(v), str(w)) for v, w in LEVEL_WORDS]),
        Filter(name="team", words=_("Team"), choices=_named(Team.objects.order_by("name"))),
    ]


def _named(rows: object) -> list[tuple[str, str]]:
    return [(str(row.pk), str(row)) for row in rows]  # type: ignore[attr-defined]


def asked(
    request: HttpRequest, version: GuidelineVersion, filters: Sequence[Filter], *, at: datetime
) -> Asked:
    """The guideline's window that `on` lies in (today without one), and the narrowing."""
    zone = zone_of(version, at)
    then, problem = _then(request, zone, at)
    window = window_at(version.window, then, zone, days=version.rolling_days)
    return _asked(request, window, version.window, filters, at=at, problem=problem)


def month_asked(request: HttpRequest, filters: Sequence[Filter], *, at: datetime) -> Asked:
    """The month that `on` lies in, in the zone of the support hours, and the narrowing."""
    hours = version_of_support_hours(at)
    zone = working_time_of(hours).zone if hours else timezone.get_current_timezone()
    then, problem = _then(request, zone, at)
    return _asked(request, window_at(MONTH, then, zone), MONTH, filters, at=at, problem=problem)


def _then(request: HttpRequest, zone: tzinfo, at: datetime) -> tuple[datetime, str]:
    on, problem = _day(request.GET.get("on", ""))
    return (datetime.combine(on, time(12), zone) if on else at), problem


def _asked(
    request: HttpRequest, window: Window, kind: str, filters: Sequence[Filter], *, at: datetime, problem: str
) -> Asked:
    following = later(window, kind)
    return Asked(
        window=window,
        narrowing=narrowing_of(request, filters),
        before=_address(request, earlier(window, kind)),
        here=_address(request, window),
        after=_address(request, following) if following.begins_at <= at else "",
        problem=problem,
    )


def narrowing_of(request: HttpRequest, filters: Sequence[Filter]) -> Narrowing:
    chosen = {one.name: one.chosen(request) for one in filters}

    def number(name: str) -> int | None:
        return int(chosen[name]) if chosen.get(name) else None

    return Narrowing(
        product=number("product"),
        level=number("level"),
        team=number("team"),
        segment=chosen.get("segment", ""),
        channel=chosen.get("channel", ""),
    )


def _day(text: str) -> tuple[date | None, str]:
    if not text:
        return None, ""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.year not in YEARS:
        return None, _("“%(text)s” is no day; this is the present window.") % {"text": text[:40]}
    return found, ""


def _address(request: HttpRequest, window: Window) -> str:
    """This page for another window, narrowed as it is."""
    kept = {name: request.GET[name] for name in NAMES if request.GET.get(name)}
    return "?" + urlencode({**kept, "on": window.last.isoformat()})
