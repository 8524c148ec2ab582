"""Volume in pictures, each with its table."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from keepwell.cases.words import SEVERITY_WORDS
from keepwell.conversations.models import Channel
from keepwell.insight.work.scope import Scope
from keepwell.insight.work.volume import AGES, Volume
from keepwell.kit.charts.bars import bars
from keepwell.kit.charts.chart import Chart, Words
from keepwell.kit.charts.heat import heat_map
from keepwell.kit.charts.lines import line_over_days
from keepwell.kit.figures import COUNT, SHARE, text_of
from keepwell.kit.tables import Cell, Table

Hours = Collection[tuple[int, int]]
OTHERS_FROM = 12  # products with a bar of their own
MARKS = ("bad-mark", "warn-mark", "series-1")


def volume_charts(scope: Scope, found: Volume, open_hours: Hours) -> dict[str, Chart]:
    """By name; one that would be empty is left out."""
    counted = sum(found.opened.values())
    charts = {"ageing": _ageing(found)} if found.open_by_age else {}
    if counted or found.resolved:
        charts |= {"flow": _in_and_out(scope, found)}
    if counted:
        charts |= {
            "opened": _opened(scope, found),
            "channels": _channels(found),
            "products": _products(found),
            "arrivals": _arrivals(found, open_hours),
        }
    return charts


def _opened(scope: Scope, found: Volume) -> Chart:
    """Drawn by severity; its table has a day a row."""
    severities = [(str(value), str(words)) for value, words in SEVERITY_WORDS]
    rows = [
        (_short(day), words, found.opened.get((day, value), 0))
        for day in scope.days
        for value, words in severities
    ]
    busiest = max(scope.days, key=lambda day: _of_day(found, day))
    said = Words(
        title=_("Opened by day"),
        summary=_("Most were opened on %(day)s: %(count)s.")
        % {"day": date_format(busiest, "j F"), "count": text_of(_of_day(found, busiest), COUNT)},
        across=_("Day"),
        up=_("Cases"),
        by=_("Severity"),
    )
    wide: list[tuple[Cell, ...]] = [
        (day, *(found.opened.get((day, value), 0) for value, _words in severities), _of_day(found, day))
        for day in scope.days
    ]
    headings = (_("Day"), *(words for _value, words in severities), _("All"))
    return replace(bars(rows, said, colours=_marks()), table=Table(headings, wide))


def _of_day(found: Volume, day: date) -> int:
    return sum(found.opened.get((day, str(value)), 0) for value, _words in SEVERITY_WORDS)


def _in_and_out(scope: Scope, found: Volume) -> Chart:
    opened, resolved = sum(found.opened.values()), sum(found.resolved.values())
    came, went = _("Opened"), _("Resolved")
    rows = [(day, came, _of_day(found, day)) for day in scope.days]
    rows += [(day, went, found.resolved.get(day, 0)) for day in scope.days]
    words = Words(
        title=_("Opened and resolved"),
        summary=_("%(opened)s opened and %(resolved)s resolved in these days.")
        % {"opened": text_of(opened, COUNT), "resolved": text_of(resolved, COUNT)},
        across=_("Day"),
        up=_("Cases"),
        by=_("What happened"),
    )
    wide = [(day, _of_day(found, day), found.resolved.get(day, 0)) for day in scope.days]
    return replace(line_over_days(rows, words), table=Table((_("Day"), came, went), wide))


def _channels(found: Volume) -> Chart:
    named = {str(value): str(words) for value, words in Channel.choices}
    counts: dict[str, int] = {}
    for (channel, _product), n in found.by_way.items():
        counts[named[channel]] = counts.get(named[channel], 0) + n
    return _lying(counts, _("Opened by channel"), _("Channel"))


def _products(found: Volume) -> Chart:
    counts: dict[str, int] = {}
    for (_channel, product), n in found.by_way.items():
        name = product or _("No product")
        counts[name] = counts.get(name, 0) + n
    ordered = sorted(counts, key=lambda name: (-counts[name], name))
    rest = ordered[OTHERS_FROM:]
    shown = {name: counts[name] for name in ordered[:OTHERS_FROM]}
    if rest:
        shown[_("All others")] = sum(counts[name] for name in rest)
    return _lying(shown, _("Opened by product"), _("Product"))


def _lying(counts: dict[str, int], title: str, across: str) -> Chart:
    rows = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    first, most = rows[0]
    summary = _("Most by %(name)s: %(count)s of %(all)s.") % {
        "name": first,
        "count": text_of(most, COUNT),
        "all": text_of(sum(counts.values()), COUNT),
    }
    words = Words(title=title, summary=summary, across=across, up=_("Cases"))
    return bars([(name, "", n) for name, n in rows], words, are_lying=True)


def _arrivals(found: Volume, open_hours: Hours) -> Chart:
    (day, hour), most = max(sorted(found.hours.items()), key=lambda row: row[1])
    inside = sum(n for place, n in found.hours.items() if place in open_hours) / sum(found.hours.values())
    summary = ngettext(
        "The busiest hour is %(day)s from %(hour)s: %(count)s case.",
        "The busiest hour is %(day)s from %(hour)s: %(count)s cases.",
        most,
    ) % {"day": WEEKDAYS[day], "hour": f"{hour:02d}:00", "count": text_of(most, COUNT)}
    words = Words(
        title=_("When cases come in"),
        summary=summary
        + " "
        + _("%(share)s came in support hours, which have a dot.") % {"share": text_of(inside, SHARE)},
        across=_("Hour"),
        up=_("Cases"),
        by=_("Weekday"),
    )
    return heat_map(found.hours, words, marked=open_hours)


def _ageing(found: Volume) -> Chart:
    severities = [(str(value), str(words)) for value, words in SEVERITY_WORDS]
    rows = [
        (str(words), severity, found.open_by_age.get((name, value), 0))
        for name, _days, words in AGES
        for value, severity in severities
    ]
    total = sum(found.open_by_age.values())
    old = sum(n for (age, _severity), n in found.open_by_age.items() if age in ("from_14", "from_30"))
    words = Words(
        title=_("Open now, by age"),
        summary=_("%(old)s of %(all)s open cases are two weeks old or older.")
        % {"old": text_of(old, COUNT), "all": text_of(total, COUNT)},
        across=_("Age"),
        up=_("Open cases"),
        by=_("Severity"),
    )
    wide: list[tuple[Cell, ...]] = [
        (str(age), *(found.open_by_age.get((name, value), 0) for value, _words in severities))
        for name, _days, age in AGES
    ]
    headings = (_("Age"), *(severity for _value, severity in severities))
    return replace(bars(rows, words, colours=_marks()), table=Table(headings, wide))


def _short(day: date) -> str:
    return date_format(day, "j M")


def _marks() -> dict[str, str]:
    return {str(words): mark for (_value, words), mark in zip(SEVERITY_WORDS, MARKS, strict=True)}
