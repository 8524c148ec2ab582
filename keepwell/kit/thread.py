"""What was said and what happened, as a thread shows it: dozens of them on a page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from keepwell.kit import elements, wording
from keepwell.kit.elements import NOTHING

Zones = tuple[tzinfo, tzinfo | None]


def message(shown: Mapping[str, Any], now: datetime, zones: Zones) -> SafeString:
    """A message, a note, or what else was said.

    Shape: id, kind (theirs, ours, note), name, seed, under, at, html; and where there are any state (pending,
    failed, redacted), words_of_state, files (href, name, size), chips (words, tone), link (href, words).
    """
    place = conditional_escape(f"message-{shown['id']}")
    name, state = conditional_escape(shown["name"]), shown.get("state", "")
    classes = conditional_escape(f"message message-{shown['kind']}{f' message-{state}' if state else ''}")
    chips = "".join(elements.chip(words, tone) for words, tone in shown.get("chips", ()))
    link = _link(shown, place)
    return mark_safe(
        f'<article class="{classes}" id="{place}" data-row aria-labelledby="{place}-name">'
        f"{elements.avatar(shown['name'], seed=shown['seed'])}"
        f'<div class="message-body"><header class="message-head"><b id="{place}-name">{name}</b>'
        f"<small>{_under(shown)}{_moment(shown['at'], now, zones)}</small>{chips}{link}</header>\n"
        f"{_words(shown, state)}{_files(shown)}{_state(shown)}</div></article>\n"
    )


def event(words: str, at: datetime, now: datetime, zones: Zones, tone: str = "") -> SafeString:
    """A thin row between what was said. Tones: good, bad."""
    classes = conditional_escape(f"event event-{tone}" if tone else "event")
    said = conditional_escape(words)
    return mark_safe(f'<p class="{classes}"><span>{said} · {_moment(at, now, zones)}</span></p>\n')


def file_link(href: str, name: str, size: int) -> SafeString:
    return mark_safe(
        f'<a class="file" href="{conditional_escape(href)}">{elements.icon("paperclip")}'
        f'<span class="cut">{conditional_escape(name)}</span><small>{wording.file_size(size)}</small></a>'
    )


def _under(shown: Mapping[str, Any]) -> str:
    return f"{conditional_escape(shown['under'])} · " if shown["under"] else ""


def _moment(at: datetime, now: datetime, zones: Zones) -> SafeString:
    return elements.time(at, wording.moment(at, now, zones[0]), zones=zones)


def _link(shown: Mapping[str, Any], place: str) -> str:
    if not shown.get("link"):
        return NOTHING
    href, words = map(conditional_escape, shown["link"])
    return f'<a class="message-link" href="{href}" aria-describedby="{place}-name">{words}</a>'


def _words(shown: Mapping[str, Any], state: str) -> str:
    if state == "redacted":
        return f"<p>{conditional_escape(_('This text was removed.'))}</p>"
    words = conditional_escape(shown["html"])
    if "<table" not in words:
        return f'<div class="prose">{words}</div>'
    # A table may be wider than any window: it scrolls in its message, by the keyboard too.
    label = conditional_escape(_("What was written, with a table"))
    return f'<div class="prose prose-wide" tabindex="0" role="group" aria-label="{label}">{words}</div>'


def _files(shown: Mapping[str, Any]) -> str:
    files = "".join(f"<li>{file_link(**file)}</li>" for file in shown.get("files", ()))
    return f'\n<div class="message-feet"><ul class="files">{files}</ul></div>' if files else NOTHING


def _state(shown: Mapping[str, Any]) -> str:
    words = shown.get("words_of_state")
    return f'\n<div class="message-feet small">{conditional_escape(words)}</div>' if words else NOTHING
