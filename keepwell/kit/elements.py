"""The small elements of the look as HTML: icons, chips, marks, faces, clocks, times, buttons.

They stand hundreds of times on a page, so they are written by functions: a template for each would cost a
list of fifty rows more than its query. What is the same from row to row is remembered.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, tzinfo
from functools import lru_cache
from html import escape
from typing import Any

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from lucide.templatetags.lucide import lucide

from keepwell.kit import wording
from keepwell.kit.clock_face import Shown, face, running_tone, runs, share_left
from keepwell.kit.remembering import remembered

GOLDEN_ANGLE = 137.508  # neighbours in number get hues far apart
NOTHING = mark_safe("")
CURRENT = mark_safe(' aria-current="true"')
BAR = mark_safe('<span class="clock-bar"></span>')


@lru_cache(maxsize=512)
def icon(name: str, *, large: bool = False, label: str = "") -> SafeString:
    """A Lucide icon, drawn in the page. Decoration, and silent, unless it has a label."""
    heard = {"role": "img", "aria_label": label} if label else {"aria_hidden": "true"}
    return mark_safe(lucide(name, size=None, **{"class": "icon icon-large" if large else "icon"}, **heard))


def attributes(given: Mapping[str, Any]) -> SafeString:
    """Attributes of an element: `hx_post` as hx-post, True as the bare name; False, None, "" not at all."""
    return SafeString(
        "".join(_attribute(name, value) for name, value in given.items() if value not in (False, None, ""))
    )


def _attribute(name: str, value: Any) -> str:
    name = name.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{conditional_escape(value)}"'


def chip(words: str, tone: str = "", mark: str = "") -> SafeString:
    """A state in a word or two. Tones: on, good, warn, bad, note, outline."""
    drawn = icon(mark) if mark else NOTHING
    return format_html('<span class="{}">{}{}</span>', f"chip chip-{tone}" if tone else "chip", drawn, words)


def severities() -> dict[str, str]:
    return {"high": _("High"), "normal": _("Normal"), "low": _("Low")}


@remembered(16)
def severity(value: str) -> SafeString:
    """Three bars for how bad it is; its word for those who listen, and on hover."""
    words = severities().get(value, value)
    return format_html(
        '<span class="severity severity-{}" role="img" aria-label="{}" title="{}"></span>',
        value,
        words,
        words,
    )


@lru_cache(maxsize=1024, typed=True)
def avatar(
    name: str, *, seed: int | None = None, size: str = "", presence: str = "", alone: bool = False
) -> SafeString:
    """A person as initials on a hue of their own. Silent beside the written name; `alone` says it aloud."""
    number = seed if seed is not None else sum(name.encode())
    heard = attributes({"role": "img", "aria_label": name} if alone else {"aria_hidden": "true"})
    return format_html(
        '<span class="{}" style="--hue:{}" title="{}"{}{}>{}</span>',
        f"face face-{size}" if size else "face",
        round(number * GOLDEN_ANGLE % 360),
        name,
        attributes({"data_presence": presence}),
        heard,
        initials(name),
    )


def initials(name: str) -> str:
    """The first letters of the first and the last word: Maria Ruiz as MR."""
    words = [word for word in name.replace(".", " ").split() if word[:1].isalnum()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper() or "?"


def clock(shown: Shown, now: datetime, zone: tzinfo, label: str = "") -> SafeString:
    """A running promise as words and a draining bar; a stopped one as words alone."""
    if runs(shown) and shown.due_at:
        is_warned = getattr(shown, "is_warned", False)
        return running_clock(shown.started_at, shown.due_at, now, zone, label, is_warned=is_warned)
    seen = face(shown, now)
    return mark_safe(
        f'<span class="clock clock-{seen.tone}" style="--left:{seen.share_left:.3f}">'
        f"{_clock_words(label, seen.words)}{BAR if seen.tone == 'paused' else NOTHING}</span>"
    )


def running_clock(
    started_at: datetime,
    due_at: datetime,
    now: datetime,
    zone: tzinfo,
    label: str = "",
    *,
    is_warned: bool = False,
) -> SafeString:
    """The same of instants alone: a list has fifty of them."""
    share = share_left(started_at, due_at, now)
    title = escape(_due_pattern() % {"moment": wording.full(due_at, zone)})
    return mark_safe(
        f'<span class="clock clock-{running_tone(due_at - now, share, is_warned=is_warned)}"'
        f' style="--left:{share:.3f}" data-clock="words" data-start="{_iso(started_at)}"'
        f' data-due="{_iso(due_at)}"{" data-warned" if is_warned else ""} title="{title}">'
        f"{_clock_words(label, wording.due(due_at, now))}{BAR}</span>"
    )


def _clock_words(label: str, words: str) -> SafeString:
    said = f"<span data-left>{escape(words)}</span>"
    if label:
        said = _label_pattern() % {"promise": conditional_escape(label), "words": said}
    return mark_safe(f'<span class="clock-words">{said}</span>')


@remembered(16)
def _due_pattern() -> str:
    return _("due %(moment)s")


@remembered(16)
def _label_pattern() -> SafeString:
    pattern = pgettext("a promise and how it stands: Follow-up due in 2 h", "%(promise)s %(words)s")
    return conditional_escape(pattern)


def _iso(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")


def time(at: datetime, words: str, *, zones: tuple[tzinfo, tzinfo | None], live: str = "") -> SafeString:
    """An instant in words; on hover in full, in the reader's zone and in that of support."""
    living = f' data-words="{live}"' if live else ""
    return mark_safe(
        f'<time datetime="{_iso(at)}" title="{escape(_in_full(at, *zones))}"{living}>{escape(words)}</time>'
    )


def _in_full(at: datetime, zone: tzinfo, support_zone: tzinfo | None) -> str:
    here = wording.full(at, zone)
    there = wording.full(at, support_zone) if support_zone and support_zone is not zone else here
    return here if here == there else _("%(here)s (support: %(there)s)") % {"here": here, "there": there}


def button(
    words: str, *, kind: str = "", mark: str = "", key: str = "", given: Mapping[str, Any]
) -> SafeString:
    """A button, or a link that looks like one where `href` is given. Kinds may be joined: "main small"."""
    given = dict(given)
    alone = given.pop("alone", False)
    classes = " ".join(
        ["button", *(f"button-{name}" for name in kind.split()), *(["button-alone"] if alone else [])]
    )
    tag = "a" if given.get("href") else "button"
    extra = {"class": classes, **_key(key), **({"aria_label": words, "title": words} if alone else {})}
    return format_html(
        "<{tag}{attributes}>{icon}{words}{kbd}</{tag}>",
        tag=tag,
        attributes=attributes({**({"type": "button"} if tag == "button" else {}), **extra, **given}),
        icon=icon(mark) if mark else NOTHING,
        words=NOTHING if alone else words,
        kbd=format_html('<kbd aria-hidden="true">{}</kbd>', key_name(key)) if key and not alone else NOTHING,
    )


def menu_links(choices: Iterable[tuple[str, str]], current: str = "") -> SafeString:
    """What a menu leads to, as (words, address); the address of the present one is `current`."""
    return format_html_join(
        "",
        '<a class="menu-entry" href="{}"{}>{}</a>',
        ((href, CURRENT if href == current else NOTHING, words) for words, href in choices),
    )


def _key(key: str) -> dict[str, str]:
    shown = f"Shift+{key}" if len(key) == 1 and key.isupper() else key
    return {"data_key": key, "aria_keyshortcuts": shown} if key else {}


def key_name(key: str) -> str:
    """A key as its cap reads: E, Shift C, Ctrl K."""
    if len(key) == 1 and key.isupper():
        return _("Shift %(key)s") % {"key": key}
    return key.upper() if len(key) == 1 else key
