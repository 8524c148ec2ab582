"""Flow in pictures and tables."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _

from keepwell.cases.words import How
from keepwell.insight.work.flow import Flow
from keepwell.kit.charts.bars import bars
from keepwell.kit.charts.chart import Chart, Words
from keepwell.kit.figures import COUNT, SHARE, text_of
from keepwell.kit.tables import Table


def flow_charts(found: Flow) -> dict[str, Chart]:
    """By name; one that would be empty is left out."""
    charts = {}
    if found.turns.all:
        charts["turns"] = _turns(found)
    if found.how:
        charts["how"] = _how(found)
    return charts


def hand_off_table(found: Flow) -> Table:
    """One row for each pair of levels between which anything was handed."""
    headings = (
        _("From level"),
        _("To level"),
        _("Asked for"),
        _("Accepted"),
        _("Returned"),
        _("Taken back"),
        _("Not answered yet"),
    )
    rows = [
        (start, end, one.asked, one.accepted, one.returned, one.taken_back, one.waiting)
        for (start, end), one in sorted(found.hand_offs.items())
    ]
    return Table(headings, rows)


def stay_table(found: Flow) -> Table:
    headings = (_("Level"), _("Stays that ended"), _("Median, hours"), _("90th percentile, hours"))
    rows = [
        (level, stays.ended, _hours(stays.median), _hours(stays.ninetieth))
        for level, stays in sorted(found.stays.items())
    ]
    return Table(headings, rows)


def _turns(found: Flow) -> Chart:
    turns, cases = found.turns, max(found.reopened.of, 1)
    rows = [
        (_("On us"), "", _hours(turns.ours / cases)),
        (_("On the customer"), "", _hours(turns.customer / cases)),
        (_("On engineering"), "", _hours(turns.engineering / cases)),
        (_("For an agreed time"), "", _hours(turns.scheduled / cases)),
    ]
    words = Words(
        title=_("For whom cases waited"),
        summary=_("%(share)s of the time of the cases resolved in these days it was our turn.")
        % {"share": text_of(turns.ours / turns.all, SHARE)},
        across=_("Whose turn"),
        up=_("Hours for each case, elapsed"),
    )
    return bars(rows, words, are_lying=True)


def _how(found: Flow) -> Chart:
    named = {str(value): str(words) for value, words in How.choices}
    rows = sorted(((named[how], "", n) for how, n in found.how.items()), key=lambda row: (-row[2], row[0]))
    total = sum(found.how.values())
    words = Words(
        title=_("How cases were resolved"),
        summary=_("Most often “%(how)s”: %(count)s of %(all)s resolutions.")
        % {"how": rows[0][0], "count": text_of(rows[0][2], COUNT), "all": text_of(total, COUNT)},
        across=_("How"),
        up=_("Resolutions"),
    )
    return bars(rows, words, are_lying=True)


def _hours(spent: timedelta) -> float:
    return round(spent.total_seconds() / 3600, 2)
