"""Workload in pictures and tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from keepwell.insight.work.erlang import Staffed
from keepwell.insight.work.staffing import Staffing
from keepwell.insight.work.workload import COUNTS, Workload
from keepwell.kit.charts.bars import bars
from keepwell.kit.charts.chart import Chart, Words
from keepwell.kit.charts.heat import heat_map
from keepwell.kit.figures import COUNT, RATE, SHARE, text_of
from keepwell.kit.tables import Table


def workload_charts(found: Workload, staffing: Staffing | None) -> dict[str, Chart]:
    """By name; one that would be empty is left out."""
    charts = {}
    if any(one.most for one in found.at_once.values()):
        charts["at_once"] = _at_once(found)
    if staffing and any(staffing.people.values()):
        charts |= {"staffing": _against(staffing), "at_work": _at_work(staffing)}
    return charts


def people_table(found: Workload) -> Table:
    headings = (_("Person"), _("Open now"), _("Taken"), _("Opened"), _("Resolved"), _("Answers sent"))
    return Table(
        headings, [(person.name, *(person.counts[name] for name in COUNTS)) for person in found.people]
    )


def live_table(rows: Iterable[Staffed]) -> Table:
    headings = (
        _("People"),
        _("Answered in time"),
        _("Has to wait"),
        _("Mean wait, seconds"),
        _("Busy"),
    )
    told = [(row.people, row.in_time, row.waits, row.mean_wait_seconds, row.busy) for row in rows]
    return Table(headings, told, shares=frozenset({1, 2, 4}))


def _at_once(found: Workload) -> Chart:
    mean, most = _("Mean"), _("Most")
    hours = found.at_once.items()
    rows = [
        (_clock(hour), part, figure)
        for hour, one in hours
        for part, figure in ((mean, round(one.mean, 2)), (most, one.most))
    ]
    top = max(hours, key=lambda row: row[1].most)
    words = Words(
        title=_("Open at once, by hour of the day"),
        summary=_("At most %(most)s were open, at %(hour)s.")
        % {"most": text_of(top[1].most, COUNT), "hour": _clock(top[0])},
        across=_("Hour"),
        up=_("Open cases"),
        by=_("Over the days"),
    )
    return bars(rows, words, are_stacked=False)


def _against(staffing: Staffing) -> Chart:
    """As parts of the day, for cases and people have no scale in common; the table has both as they are."""
    came, worked = _("Of the cases"), _("Of the hours worked")
    hours = staffing.by_hour()
    cases_a_day, hours_a_day = sum(row[1] for row in hours) or 1, sum(row[2] for row in hours) or 1
    parts = [(hour, cases / cases_a_day, people / hours_a_day) for hour, cases, people in hours]
    rows = [
        (_clock(hour), part, round(100 * figure, 1))
        for hour, cases, people in parts
        for part, figure in ((came, cases), (worked, people))
    ]
    busiest, cases, people = max(parts, key=lambda row: row[1])
    words = Words(
        title=_("What comes in against hours worked"),
        summary=_("Most comes in from %(hour)s: %(cases)s of the cases, and %(people)s of the hours worked.")
        % {"hour": _clock(busiest), "cases": text_of(cases, SHARE), "people": text_of(people, SHARE)},
        across=_("Hour"),
        up=_("Percent of the day"),
        by=_("What"),
    )
    headings = (_("Hour"), _("Cases"), _("People at work"), came, worked)
    wide = [
        (_clock(hour), round(cases, 2), round(people, 2), *part[1:])
        for (hour, cases, people), part in zip(hours, parts, strict=True)
    ]
    table = Table(headings, wide, shares=frozenset({3, 4}))
    return replace(bars(rows, words, are_stacked=False), table=table)


def _at_work(staffing: Staffing) -> Chart:
    (day, hour), most = max(sorted(staffing.people.items()), key=lambda row: row[1])
    words = Words(
        title=_("People at work"),
        summary=_("Most on %(day)s from %(hour)s: %(people)s, days off taken out.")
        % {"day": WEEKDAYS[day], "hour": _clock(hour), "people": text_of(most, RATE)},
        across=_("Hour"),
        up=_("People"),
        by=_("Weekday"),
    )
    return heat_map({place: round(count, 2) for place, count in staffing.people.items()}, words)


def _clock(hour: int) -> str:
    return f"{hour:02d}:00"
