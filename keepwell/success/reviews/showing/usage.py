"""How it is used, and which modules."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from keepwell.kit.charts.chart import Chart, Words
from keepwell.kit.charts.lines import line_over_days
from keepwell.kit.figures import COUNT, NONE, RATE, SHARE
from keepwell.success.reviews.numbers import count_words, day_words, share_words, signed_share_words
from keepwell.success.reviews.showing.blocks import Cell, Grid, Part, Stat
from keepwell.usage.models import MetricState
from keepwell.usage.wording import SHOWN, Said, basis_words

FIRST = ("active_28", "trend", "breadth", "frequency")


def usage(data: Mapping[str, Any]) -> Part:
    metrics = data["metrics"]
    if not metrics:
        return Part(key="usage", title="", lead=_("Nothing was told of its use in these days."))
    basis = metrics.get("trend", {}).get("basis", "")
    return Part(
        key="usage",
        title="",
        lead=_("As measured on %s.") % day_words(data["last_on"]),
        about=str(basis_words(basis)),
        stats=[_stat(SHOWN[name], metrics[name]) for name in FIRST if name in metrics],
        charts=[_chart(data["active"])] if len(data["active"]) > 1 else [],
        grids=[
            Grid(
                headings=(_("Measure"), _("At the beginning"), _("Now")),
                rows=[_row(SHOWN[name], one) for name, one in metrics.items() if name in SHOWN],
                figures=2,
            )
        ],
    )


def modules(data: Mapping[str, Any]) -> Part:
    rows = data["modules"]
    if not rows:
        return Part(key="modules", title="", lead=_("No modules are entered for what may be used here."))
    told = [one for one in rows if one["core_events"] is not None]
    used = sum(1 for one in told if one["core_events"])
    lead = _("Nothing tells which of them are used.")
    if told:
        lead = ngettext(
            "%(used)s of %(of)s module was used in the last four weeks.",
            "%(used)s of %(of)s modules were used in the last four weeks.",
            len(told),
        ) % {"used": used, "of": len(told)}
    return Part(
        key="modules",
        title="",
        lead=lead,
        grids=[
            Grid(
                headings=(_("Module"), _("Product"), _("Times used in four weeks")),
                rows=[_module(one) for one in rows],
                figures=1,
            )
        ],
    )


def metric_words(name: str, value: str | None) -> str:
    """A metric's value as a person reads it."""
    return NONE if value is None else _value(SHOWN[name], Fraction(value))


def _stat(said: Said, metric: Mapping[str, Any]) -> Stat:
    value = metric["value"]
    words = signed_share_words(value) if said.name == "trend" else metric_words(said.name, value)
    tone = ""
    if said.name == "trend" and value is not None:
        tone = "bad" if Fraction(value) <= Fraction(-1, 5) else "good" if Fraction(value) >= 0 else "warn"
    then = metric["then"]
    beside = _("was %s") % metric_words(said.name, then) if then is not None and said.name != "trend" else ""
    return Stat(name=str(said.words), value=words, beside=beside, tone=tone)


def _row(said: Said, metric: Mapping[str, Any]) -> list[Cell]:
    return [
        Cell(words=str(said.words), beside=_why(said, metric["state"])),
        Cell(words=metric_words(said.name, metric["then"])),
        Cell(words=metric_words(said.name, metric["value"])),
    ]


def _why(said: Said, state: str) -> str:
    if state == MetricState.NOT_APPLICABLE:
        return str(said.why_not)
    if state == MetricState.MISSING:
        return str(said.not_yet)
    if state == MetricState.STALE:
        return str(MetricState.STALE.label)
    return str(said.about)


def _value(said: Said, value: Fraction) -> str:
    if said.kind == SHARE:
        return share_words(value)
    return said.figure(value).text if said.kind in (COUNT, RATE) else str(value)


def _chart(active: list[list[Any]]) -> Chart:
    points = [(date.fromisoformat(on), "", people) for on, people in active]
    known = [(on, people) for on, _part, people in points if people is not None]
    summary = _("Nobody was heard of.")
    if known:
        most = max(known, key=lambda one: (one[1], one[0]))
        summary = _("%(then)s on %(first)s, %(now)s on %(day)s; at most %(most)s, on %(most_on)s.") % {
            "then": count_words(known[0][1]),
            "first": day_words(known[0][0]),
            "now": count_words(known[-1][1]),
            "day": day_words(known[-1][0]),
            "most": count_words(most[1]),
            "most_on": day_words(most[0]),
        }
    return line_over_days(
        points,
        Words(
            title=_("People active in the 28 days before"), summary=summary, across=_("Day"), up=_("People")
        ),
    )


def _module(one: Mapping[str, Any]) -> list[Cell]:
    done = one["core_events"]
    if done is None:
        return [Cell(words=one["name"]), Cell(words=one["product"]), Cell(words=NONE)]
    words = count_words(done) if done else _("not used")
    return [
        Cell(words=one["name"]),
        Cell(words=one["product"]),
        Cell(words=words, tone="" if done else "warn"),
    ]
