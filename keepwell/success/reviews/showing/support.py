"""Support: what was promised, and what was delivered."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from keepwell.kit.charts.bars import bars
from keepwell.kit.charts.chart import Chart, Words
from keepwell.kit.figures import NONE
from keepwell.service_levels.published import promise_words
from keepwell.success.reviews.numbers import count_words, share_words
from keepwell.success.reviews.promised import label, promised
from keepwell.success.reviews.showing.blocks import Cell, Grid, Part, Stat


def support(data: Mapping[str, Any]) -> Part:
    cases = data["cases"]
    stats = [
        Stat(name=_("Cases opened"), value=count_words(cases["opened"])),
        Stat(name=_("Resolved"), value=count_words(cases["resolved"])),
        Stat(name=_("Open now"), value=count_words(cases["open"])),
    ]
    promises = data["promises"]
    if not promises:
        return Part(key="support", title="", lead=_("Nothing is promised by guidelines."), stats=stats)
    told = [one for one in promises if one["kept"] is not None]
    return Part(
        key="support",
        title="",
        lead=_("By the guidelines that hold for you: %s.") % data["policy"],
        about=_(
            "Kept is estimated over all cases of these days, those that are still open too, so that a slow "
            "one does not look better for being open."
        ),
        stats=stats,
        charts=[_chart(told)] if told else [],
        grids=[
            Grid(
                headings=(_("Promise"), _("Kept"), _("In time"), _("Late"), _("Open")),
                rows=[_row(one) for one in promises],
                figures=4,
            )
        ],
    )


def _row(one: Mapping[str, Any]) -> list[Cell]:
    is_kept = one["kept"] is not None and Fraction(one["kept"]) >= Fraction(one["objective"]) / 100
    tone = "" if one["kept"] is None else "good" if is_kept else "bad"
    return [
        Cell(words=label(one), beside=promise_words(promised(one))),
        Cell(words=NONE if one["kept"] is None else share_words(one["kept"]), tone=tone),
        Cell(words=count_words(one["met"])),
        Cell(words=count_words(one["missed"])),
        Cell(words=count_words(one["undecided"])),
    ]


def _chart(told: list[Mapping[str, Any]]) -> Chart:
    kept, wanted = _("Kept"), _("Promised")
    rows = [
        (label(one), part, figure)
        for one in told
        for part, figure in (
            (kept, round(float(Fraction(one["kept"]) * 100), 1)),
            (wanted, round(float(Fraction(one["objective"])), 1)),
        )
    ]
    missed = [one for one in told if Fraction(one["kept"]) < Fraction(one["objective"]) / 100]
    summary = _("%(kept)s of %(of)s promises were kept as often as promised.") % {
        "kept": len(told) - len(missed),
        "of": len(told),
    }
    words = Words(
        title=_("Promises kept, in percent"),
        summary=summary,
        across=_("Promise"),
        up=_("Percent"),
        by=_("What"),
    )
    return bars(
        rows, words, are_stacked=False, are_lying=True, colours={kept: "series-1", wanted: "series-2"}
    )
