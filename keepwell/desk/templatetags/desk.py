"""`{% load desk %}`: what the shell asks for, so that no view has to give it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from keepwell.calendars import support_hours as hours
from keepwell.desk import house
from keepwell.desk.case_page.panels import ShownPanel
from keepwell.desk.registry import KeyHelp, RailEntry, SettingsPage, entries_for, rail_of
from keepwell.kit import clock, elements, wording
from keepwell.kit.templatetags.kit import support_zone_of
from keepwell.notices.queries import COUNTS_TO, unread_count
from keepwell.people import permits
from keepwell.people.models import User
from keepwell.service_levels.models.policy import Metric, Population
from keepwell.staffing.attending import LASTS_FOR
from keepwell.staffing.models import Attention, Presence
from keepwell.staffing.queries import presence_of

register = template.Library()

# A browser's timer holds no more than 24 days; a day is plenty.
LONGEST_TIMER = timedelta(days=1)
DOTS = {Presence.HERE: "available", Presence.BUSY: "busy", Presence.AWAY: "away"}


@register.filter
def may(user: User, permit: str) -> bool:
    return permits.may(user, permit)


@register.filter(name="is")
def is_(one: object, other: object) -> bool:
    """Whether two values are the same, for {% include %} with a yes or no."""
    return one == other


@register.filter
def at(found: Mapping[Any, Any], key: object) -> Any:
    """What a mapping holds at a key, None where nothing."""
    return found.get(key)


@register.filter
def day_words(on: date) -> str:
    """A day as one speaks of it in the reader's zone: today, yesterday, 12 Dec."""
    today = clock.now().astimezone(timezone.get_current_timezone()).date()
    words = wording.day(on, today)
    return words[:1].upper() + words[1:]


@register.simple_tag(takes_context=True)
def time_of_day(context: Mapping[str, Any], at: datetime) -> str:
    """The time of day in the reader's zone, under a heading that names the day."""
    zone = timezone.get_current_timezone()
    return elements.time(at, wording.clock_time(at, zone), zones=(zone, support_zone_of(context)))


@register.simple_tag(takes_context=True)
def rail_entries(context: Mapping[str, Any]) -> list[dict[str, Any]]:
    request: HttpRequest = context["request"]
    return [_rail_entry(request, entry) for entry in rail_of(request.user)]  # type: ignore[arg-type]


def _rail_entry(request: HttpRequest, entry: RailEntry) -> dict[str, Any]:
    href = reverse(entry.url_name)
    return {
        "icon": entry.icon,
        "words": entry.words,
        "href": href,
        "is_current": request.path.startswith(href),
        "count": entry.count(request.user) if entry.count else 0,  # type: ignore[arg-type]
    }


@register.simple_tag(takes_context=True)
def support_hours(context: Mapping[str, Any]) -> dict[str, Any]:
    """`hours`, and after how many seconds to look again, because they change then."""
    now = clock.now()
    version = context["support_version"]
    found = hours.hours_of(version, now) if version else None
    again = min(found.changes_at - now, LONGEST_TIMER) if found else LONGEST_TIMER
    return {"hours": found, "again_seconds": int(again.total_seconds()) + 1}


@register.simple_tag
def condition() -> house.Condition:
    return house.seen(clock.now())


@register.simple_tag
def seconds_here(here: Sequence[Attention]) -> int:
    """After how many seconds to look again: somebody whose browser died says no more that he left."""
    last = min(one.seen_at for one in here) + LASTS_FOR - clock.now()
    return int(last.total_seconds()) + 1


@register.simple_tag(takes_context=True)
def own_presence(context: Mapping[str, Any]) -> dict[str, Any]:
    """What the reader says of himself; `choices` is empty for somebody without a profile at work."""
    presence = presence_of(context["request"].user)
    return {
        "presence": presence,
        "dot": DOTS.get(Presence(presence), "") if presence else "",
        "choices": Presence.choices if presence else (),
    }


@register.simple_tag(takes_context=True)
def unread_notices(context: Mapping[str, Any]) -> dict[str, Any]:
    """How many notices the reader has not read, and whether they are more than are counted."""
    count = unread_count(context["request"].user)
    return {"count": count, "many": count >= COUNTS_TO}


@register.simple_tag(takes_context=True)
def keys_help(context: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(entry.key, str(entry.words)) for entry in entries_for(context["request"].user, KeyHelp)]


@register.simple_tag(takes_context=True)
def settings_pages(context: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The pages under Settings for the nav beside each of them."""
    request: HttpRequest = context["request"]
    pages = entries_for(request.user, SettingsPage)  # type: ignore[arg-type]
    return [_settings_page(request, page) for page in pages]


def _settings_page(request: HttpRequest, page: SettingsPage) -> dict[str, Any]:
    href = reverse(page.url_name)
    return {
        "words": page.words,
        "group": str(page.group),
        "href": href,
        "is_current": request.path.startswith(href),
    }


@register.simple_tag
def maker(names: Mapping[Any, str], version: Any) -> str:
    """Who made a version, of the names that were looked up for all of them."""
    return names[version.made_by_kind, version.made_by_id]


@register.simple_tag
def promise_words(promised: Any) -> str:
    """A promise by its metric and severity: Initial contact, High."""
    metric, severity = Metric(promised.metric), Population(promised.severity)
    return f"{metric.label}, {severity.label}"


@register.filter
def moment_words(at: datetime) -> str:
    return wording.moment(at, clock.now(), timezone.get_current_timezone())


@register.simple_tag
def spoken_day(at: datetime) -> str:
    """The day of an instant as one speaks of it in the reader's zone."""
    return day_words(at.astimezone(timezone.get_current_timezone()).date())


@register.simple_tag(takes_context=True)
def panel_content(context: template.Context, panel: ShownPanel) -> str:
    """A panel's own partial, with what it is given beside what the page has."""
    with context.push(**panel.given):
        return context.template.engine.get_template(panel.template).render(context)  # type: ignore[union-attr]
