"""The verdict on a guideline in words, and in the tone of a chip."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from keepwell.kit.figures import SHARE, text_of
from keepwell.service_levels.judging import KEPT, NOT_KEPT, TOO_FEW, UNSURE
from keepwell.service_levels.measuring import Figures


@dataclass(frozen=True, kw_only=True)
class Judged:
    """words: for a chip; tone: its colour; why: one sentence."""

    words: str
    tone: str
    why: str


def judged(found: Figures) -> Judged:
    by_verdict = {KEPT: _kept, UNSURE: _unsure, NOT_KEPT: _not_kept, TOO_FEW: _too_few}
    return by_verdict[found.verdict](found)


def _kept(found: Figures) -> Judged:
    why = _("Even the lower end of the interval is at or above what is promised.")
    if found.objective == 100:
        why = _("Every clock was met so far, and every one is promised.")
    return Judged(words=_("kept"), tone="good", why=why)


def _unsure(found: Figures) -> Judged:
    why = _("What is promised lies within the interval: it may be kept and it may not.")
    if found.objective == 100:
        why = _("Nothing was missed so far, and some clocks are still open.")
    return Judged(words=_("close"), tone="warn", why=why)


def _not_kept(found: Figures) -> Judged:
    why = _("Even the upper end of the interval is below what is promised.")
    if found.objective == 100:
        why = ngettext(
            "Every clock is promised, and %(missed)s was missed.",
            "Every clock is promised, and %(missed)s were missed.",
            found.attainment.counts.missed,
        ) % {"missed": found.attainment.counts.missed}
    return Judged(words=_("not kept"), tone="bad", why=why)


def _too_few(found: Figures) -> Judged:
    clocks, kept = found.attainment.counts.clocks, found.attainment.kept
    if kept is None:
        return Judged(words=_("no clocks"), tone="", why=_("No such clock started in this window."))
    why = ngettext(
        "%(clocks)s clock is too few to judge: the share may lie anywhere from %(low)s to %(high)s.",
        "%(clocks)s clocks are too few to judge: the share may lie anywhere from %(low)s to %(high)s.",
        clocks,
    ) % {"clocks": clocks, "low": text_of(kept.low, SHARE), "high": text_of(kept.high, SHARE)}
    return Judged(words=_("too few"), tone="", why=why)
