"""`{% load kit %}`: the components of the look as template tags. The style page shows each in every state."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.forms import BoundField
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from keepwell.kit import clock, elements, markup, tables, thread, toasting, wording
from keepwell.kit.charts import in_pages
from keepwell.kit.charts.chart import Chart
from keepwell.kit.clock_face import Shown, face
from keepwell.kit.figures import figure_html
from keepwell.kit.paging import Page
from keepwell.kit.script_words import words_for_scripts

register = template.Library()

SCHEMES = ("light", "dark")
ICONS = {"good": "circle-check", "warn": "triangle-alert", "bad": "circle-alert", "": "info"}
HTMX = {
    "allowEval": False,
    "allowScriptTags": False,
    "includeIndicatorStyles": False,
    "historyCacheSize": 0,
    "scrollIntoViewOnBoost": False,
    "defaultSettleDelay": 0,
    "defaultSwapStyle": "outerHTML",
    "responseHandling": [
        {"code": "204", "swap": False},
        {"code": "[23]..", "swap": True},
        {"code": "409|413|422", "swap": True},
        {"code": "[45]..", "swap": False, "error": True},
    ],
}


# Atoms


@register.simple_tag
def icon(name: str, *, large: bool = False, label: str = "") -> SafeString:
    return elements.icon(str(name), large=large, label=str(label))


@register.simple_tag
def chip(words: str, tone: str = "", icon: str = "") -> SafeString:
    return elements.chip(words, tone, icon)


@register.simple_tag
def severity(value: str) -> SafeString:
    return elements.severity(value)


@register.simple_tag(name="face")
def avatar(
    name: str, seed: int | None = None, size: str = "", presence: str = "", *, alone: bool = False
) -> SafeString:
    return elements.avatar(name, seed=seed, size=size, presence=presence, alone=alone)


@register.simple_tag(name="clock")
def clock_tag(shown: Shown | None, label: str = "") -> SafeString:
    return elements.clock(shown, clock.now(), _zone(), label) if shown else elements.NOTHING


@register.simple_tag
def button(words: str, kind: str = "", icon: str = "", key: str = "", **given: Any) -> SafeString:
    return elements.button(words, kind=kind, mark=icon, key=key, given=given)


@register.simple_tag
def submit(words: str, kind: str = "main", icon: str = "", key: str = "", **given: Any) -> SafeString:
    return elements.button(words, kind=kind, mark=icon, key=key, given={"type": "submit", **given})


register.simple_tag(elements.menu_links)


# Times


@register.simple_tag(takes_context=True)
def ago(context: Mapping[str, Any], at: datetime | None) -> SafeString:
    return _time(context, at, lambda then: wording.ago(then, clock.now()), live="ago")


@register.simple_tag(takes_context=True)
def moment(context: Mapping[str, Any], at: datetime | None) -> SafeString:
    return _time(context, at, lambda then: wording.moment(then, clock.now(), _zone()))


@register.simple_tag(takes_context=True)
def by(context: Mapping[str, Any], at: datetime | None) -> SafeString:
    return _time(context, at, lambda then: wording.by(then, clock.now(), _zone()))


@register.simple_tag(takes_context=True)
def full_time(context: Mapping[str, Any], at: datetime | None) -> SafeString:
    return _time(context, at, lambda then: wording.full(then, _zone()))


def _time(context: Mapping[str, Any], at: datetime | None, words: Any, live: str = "") -> SafeString:
    if at is None:
        return elements.NOTHING
    return elements.time(at, words(at), zones=_zones(context), live=live)


def _zone() -> tzinfo:
    return timezone.get_current_timezone()


def _zones(context: Mapping[str, Any]) -> tuple[tzinfo, tzinfo | None]:
    return _zone(), support_zone_of(context)


def support_zone_of(context: Mapping[str, Any]) -> tzinfo | None:
    """The zone of the support calendar, where the face puts one (a zone or its name) in its context."""
    zone = context.get("support_zone")
    return ZoneInfo(str(zone)) if isinstance(zone, str) and zone else zone or None


register.filter("duration", wording.duration)
register.filter("file_size", wording.file_size)
register.filter("markup", markup.html)
register.filter("typed", markup.typed)
register.filter("excerpt", markup.excerpt)
register.filter("initials", elements.initials)


register.filter("undo_of", toasting.undo_of)


@register.filter
def icon_of(tone: str) -> SafeString:
    return elements.icon(ICONS.get(tone, "info"))


# A thread


@register.simple_tag(takes_context=True)
def message(context: Mapping[str, Any], shown: Mapping[str, Any]) -> SafeString:
    return thread.message(shown, clock.now(), _zones(context))


@register.simple_tag(takes_context=True)
def event(context: Mapping[str, Any], words: str, at: datetime, tone: str = "") -> SafeString:
    return thread.event(words, at, clock.now(), _zones(context), tone)


register.simple_tag(thread.file_link)


# Parts around a content


def _around(name: str, content: SafeString, **given: Any) -> SafeString:
    return render_to_string(f"kit/_{name}.html", {"content": content, **given})


@register.simple_block_tag
def panel(content: SafeString, title: str = "", *, id: str = "", **given: Any) -> SafeString:
    return _around("panel", content, title=title, id=id, attributes=elements.attributes(given))


@register.simple_block_tag
def card(
    content: SafeString, title: str = "", *, id: str = "", flush: bool = False, **given: Any
) -> SafeString:
    return _around("card", content, title=title, id=id, flush=flush, attributes=elements.attributes(given))


@register.simple_block_tag
def alert(content: SafeString, title: str = "", tone: str = "") -> SafeString:
    return _around("alert", content, title=title, tone=tone)


@register.simple_block_tag
def banner(content: SafeString, tone: str = "", icon: str = "triangle-alert") -> SafeString:
    return _around("banner", content, tone=tone, icon=icon)


@register.simple_block_tag
def nothing(content: SafeString, title: str, icon: str = "inbox", *, small: bool = False) -> SafeString:
    return _around("nothing", content, title=title, icon=icon, small=small)


@register.simple_block_tag
def dialog(content: SafeString, title: str, *, id: str, size: str = "") -> SafeString:
    return _around("dialog", content, title=title, id=id, size=size)


@register.simple_block_tag
def menu(
    content: SafeString, words: str, *, id: str, icon: str = "", end: bool = False, **given: Any
) -> SafeString:
    target = {"popovertarget": id, "aria_haspopup": "true", **given}
    opener = elements.button(
        words, kind=target.pop("kind", ""), mark=icon, key=target.pop("key", ""), given=target
    )
    return _around("menu", content, id=id, opener=opener, end=end)


# Parts with a shape of their own


@register.inclusion_tag("kit/_promise.html")
def promise(shown: Shown, words: str, under: str = "") -> dict[str, Any]:
    seen = face(shown, clock.now())
    return {
        "clock": shown,
        "face": seen,
        "words": words,
        "under": under,
        "used": format(1 - seen.share_left, ".3f"),
        "is_warned": getattr(shown, "is_warned", False),
    }


@register.inclusion_tag("kit/_field.html")
def field(bound: BoundField, *, optional: bool | None = None, label: str = "") -> dict[str, Any]:
    return {
        "field": bound,
        "optional": not bound.field.required if optional is None else optional,
        "label": label,
    }


@register.inclusion_tag("kit/_pager.html", takes_context=True)
def pager(context: Mapping[str, Any], page: Page, words: str = "") -> dict[str, Any]:
    return {"page": page, "words": words, "request": context.get("request")}


@register.inclusion_tag("kit/_stepper.html")
def stepper(steps: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Steps as (words, state): done, now, or "" for what is still to come."""
    return {"steps": steps}


@register.inclusion_tag("kit/_breadcrumbs.html")
def breadcrumbs(trail: Sequence[tuple[str, str]]) -> dict[str, Any]:
    return {"trail": trail}


@register.inclusion_tag("kit/_stat.html")
def stat(name: str, figure: str, beside: str = "", tone: str = "", *, small: bool = False) -> dict[str, Any]:
    return {"name": name, "figure": figure, "beside": beside, "tone": tone, "small": small}


@register.inclusion_tag("kit/_progress.html")
def progress(words: str, done: int = 0, total: int | None = None) -> dict[str, Any]:
    return {"words": words, "done": done, "total": total}


@register.inclusion_tag("kit/_chart.html")
def chart(shown: Chart, *, id: str = "", title: bool = True) -> dict[str, Any]:
    """title=False where a card or a heading says it already; whoever hears the page hears it anyway.

    id: begins with chart-; each figure of the table then has one too, by its row and column.
    """
    return {
        "chart": shown,
        "id": id,
        "cells": f"figure-{id.removeprefix('chart-')}" if id else "",
        "is_titled": title,
        "room": in_pages.room(shown),
        "carried": in_pages.carried(shown),
        "rows": tables.in_words(shown.table, _zone()),
    }


register.simple_tag(figure_html, name="figure")


@register.simple_tag
def meter(part: float, words: str, tone: str = "", *, fill: bool = False) -> SafeString:
    classes = " ".join(["meter", *([f"meter-{tone}"] if tone else []), *(["meter-fill"] if fill else [])])
    pattern = '<span class="{}" style="--part:{}" role="img" aria-label="{}"></span>'
    return format_html(pattern, classes, format(min(1, max(0, part)), ".3f"), words)


# The page


@register.simple_tag(takes_context=True)
def scheme_attribute(context: Mapping[str, Any]) -> SafeString:
    """The reader's own choice of light or dark; without one the system's choice holds."""
    chosen = context.get("scheme")
    return elements.attributes({"data_scheme": chosen if chosen in SCHEMES else ""})


@register.simple_tag
def server_now() -> str:
    return clock.now().isoformat().replace("+00:00", "Z")


@register.simple_tag
def htmx_settings() -> SafeString:
    return format_html('<meta name="htmx-config" content="{}">', json.dumps(HTMX, separators=(",", ":")))


@register.simple_tag
def script_words() -> SafeString:
    return _script_words(get_language() or "")


@lru_cache(maxsize=32)
def _script_words(_language: str) -> SafeString:
    return mark_safe(json_script(words_for_scripts(), "kit-words"))
