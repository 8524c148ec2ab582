"""A promise that is watched, in words: what it is about, over which windows, and how a window stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from keepwell.insight.guidelines.judged import Judged, judged
from keepwell.kit.figures import SHARE, text_of
from keepwell.people.models import User
from keepwell.service_levels.judging import ALL
from keepwell.service_levels.measuring import Figures
from keepwell.service_levels.models import GuidelineVersion
from keepwell.service_levels.models.guideline import WindowKind
from keepwell.service_levels.windows import Window


def population_words(version: GuidelineVersion) -> str:
    """All cases; or what they are narrowed to: Roads · County · Form."""
    narrowed = [
        str(version.product or ""),
        version.segment,
        version.get_channel_display() if version.channel else "",
    ]
    return " · ".join(word for word in narrowed if word) or _("All cases")


def window_kind_words(version: GuidelineVersion) -> str:
    if version.window != WindowKind.ROLLING:
        return str(WindowKind(version.window).label)
    days = version.rolling_days
    return ngettext("the last %(days)s day", "the last %(days)s days", days) % {"days": days}


def told_words(told: Iterable[int], names: Mapping[int, str]) -> str:
    """The names of those who are still there, in their order; else the leads."""
    chosen = set(told)
    return ", ".join(name for pk, name in names.items() if pk in chosen) or _("the leads")


def names_among(people: Iterable[User]) -> dict[int, str]:
    return {one.pk: one.name for one in people}


@dataclass(frozen=True, kw_only=True)
class WindowRow:
    """A window's figures as a row of the preview; "" where there is nothing to say."""

    window: str
    is_over: bool
    kept: str
    interval: str
    clocks: int
    missed: int
    budget: str
    judged: Judged


def window_row(figures: Figures) -> WindowRow:
    kept, counts = figures.attainment.kept, figures.attainment.counts
    return WindowRow(
        window=window_words(figures.window, figures.version.window),
        is_over=figures.window.is_over(figures.as_of),
        kept=text_of(kept.share, SHARE) if kept else "",
        interval=f"{text_of(kept.low, SHARE)}–{text_of(kept.high, SHARE)}" if kept else "",
        clocks=counts.clocks,
        missed=counts.missed,
        budget=_budget(figures),
        judged=judged(figures),
    )


def window_words(window: Window, kind: str) -> str:
    """Jun 2026; Apr – Jun 2026; 2026; 2 Jun – 29 Jun 2026."""
    if kind == WindowKind.MONTH:
        return date_format(window.first, "M Y")
    if kind == WindowKind.QUARTER:
        return f"{date_format(window.first, 'M')} – {date_format(window.last, 'M Y')}"
    if kind == WindowKind.YEAR:
        return date_format(window.first, "Y")
    return f"{date_format(window.first, 'j M')} – {date_format(window.last, 'j M Y')}"


def _budget(figures: Figures) -> str:
    """How many may be missed, and how many of these are left."""
    if figures.objective == ALL:
        return _("none")
    budget = figures.budget
    if budget.left < 0:
        return _("%(allowed)s, %(over)s too many") % {"allowed": budget.allowed, "over": -budget.left}
    return _("%(allowed)s, %(left)s left") % {"allowed": budget.allowed, "left": budget.left}
