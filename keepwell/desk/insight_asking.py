"""What a page of Insight is asked for, as it stands in its address: the window, and what narrows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
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
from keepwell.kit.days import day_in
from keepwell.service_levels.measuring import Narrowing, zone_of
from keepwell.service_levels.models import GuidelineVersion
from keepwell.service_levels.windows import MONTH, QUARTER, ROLLING, WEEK, Window, earlier, later, window_at
from keepwell.staffing.models import Team

NAMES = ("product", "segment", "channel", "level", "team")
# How long the window of the pages about work is; a month where nothing is said. Else `from` and `to` say.
PERIOD, FROM, TO = "period", "from", "to"
DAYS, MOST_DAYS = "days", 366


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


def work_filters() -> list[Filter]:
    """What the pages about work are asked for: how long their window is, and what figures are narrowed by."""
    choices = [(MONTH, _("Month")), (WEEK, _("Week")), (QUARTER, _("Quarter"))]
    return [Filter(name=PERIOD, words=_("Period"), choices=choices), *insight_filters()]


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


def period_asked(request: HttpRequest, filters: Sequence[Filter], *, at: datetime) -> Asked:
    """The period that `on` lies in, or the days that are named, in the zone of the support hours."""
    hours = version_of_support_hours(at)
    zone = working_time_of(hours).zone if hours else timezone.get_current_timezone()
    kind = filters[0].chosen(request)
    if not kind and (request.GET.get(FROM) or request.GET.get(TO)):
        return _days_asked(request, filters, zone, at=at)
    then, problem = _then(request, zone, at)
    kind = kind or MONTH
    return _asked(request, window_at(kind, then, zone), kind, filters, at=at, problem=problem)


def _days_asked(request: HttpRequest, filters: Sequence[Filter], zone: tzinfo, *, at: datetime) -> Asked:
    first, last = (day_in(request.GET.get(name, "")) for name in (FROM, TO))
    if first and last and timedelta(0) <= last - first < timedelta(days=MOST_DAYS):
        window = Window(first=first, last=last, zone=zone)
        return _asked(request, window, DAYS, filters, at=at, problem="")
    problem = _("From and to are to be two days within a year; this is the present month.")
    return _asked(request, window_at(MONTH, at, zone), MONTH, filters, at=at, problem=problem)


def _then(request: HttpRequest, zone: tzinfo, at: datetime) -> tuple[datetime, str]:
    text = request.GET.get("on", "")
    on = day_in(text)
    problem = _("“%(text)s” is no day; this is the present window.") % {"text": text[:40]}
    return (datetime.combine(on, time(12), zone) if on else at), (problem if text and not on else "")


def _asked(
    request: HttpRequest, window: Window, kind: str, filters: Sequence[Filter], *, at: datetime, problem: str
) -> Asked:
    step = ROLLING if kind == DAYS else kind
    following = later(window, step)
    return Asked(
        window=window,
        narrowing=narrowing_of(request, filters),
        before=_address(request, earlier(window, step), kind),
        here=_address(request, window, kind),
        after=_address(request, following, kind) if following.begins_at <= at else "",
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


def _address(request: HttpRequest, window: Window, kind: str) -> str:
    """This page for another window, narrowed as it is."""
    kept = {name: request.GET[name] for name in (*NAMES, PERIOD) if request.GET.get(name)}
    days = {FROM: window.first.isoformat(), TO: window.last.isoformat()} if kind == DAYS else {}
    return "?" + urlencode({**kept, **days, "on": window.last.isoformat()})
