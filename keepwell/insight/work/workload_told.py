"""Workload in figures, each with the sentence that defines it."""

from __future__ import annotations

from django.utils.translation import gettext as _

from keepwell.insight.work.erlang import Live, Staffed, people_needed, staffed
from keepwell.insight.work.staffing import Staffing
from keepwell.insight.work.telling import Told, by_name
from keepwell.insight.work.workload import COUNTS, Workload
from keepwell.insight.work.workload_pictures import live_table, people_table, workload_charts
from keepwell.kit.figures import RATE, SHARE, Figure

FEWER, MORE = 2, 4


def workload_told(found: Workload, staffing: Staffing | None, live: Live) -> Told:
    rows = live_rows(live)
    figures = {**_people(found), **_desk(found, staffing), **_live(found, live), **_rows(rows)}
    return Told(
        figures=figures,
        charts=workload_charts(found, staffing),
        tables={"people": people_table(found), "live": live_table(rows)},
        titles={"people": _("Each person's part"), "live": _("People for live contacts")},
    )


def live_rows(live: Live) -> list[Staffed]:
    """Around the fewest that are enough: from two less up to four more."""
    needed = people_needed(live)
    return [staffed(people, live) for people in range(max(1, needed - FEWER), needed + MORE + 1)]


def _people(found: Workload) -> dict[str, Figure]:
    return by_name(
        *(
            Figure(name=f"{name}_{person.pk}", value=person.counts[name])
            for person in found.people
            for name in COUNTS
        )
    )


def _desk(found: Workload, staffing: Staffing | None) -> dict[str, Figure]:
    return by_name(
        Figure(
            name="nobodys",
            value=found.nobodys,
            words=_("Open, nobody has them"),
            about=_("Open cases without anybody who works on them, as they stand now."),
        ),
        Figure(
            name="at_once_mean",
            value=found.at_once_mean,
            kind=RATE,
            words=_("Open at once, mean"),
            about=_(
                "Cases open at each full hour of the window that has passed, on the mean of these hours."
            ),
        ),
        Figure(
            name="at_once_most",
            value=max((one.most for one in found.at_once.values()), default=None),
            words=_("Open at once, most"),
            about=_("The most that were open at a full hour of the window."),
        ),
        Figure(
            name="unattended",
            value=staffing.unattended if staffing else None,
            kind=SHARE,
            words=_("Came in when nobody works"),
            about=_(
                "The part of the opened cases that came in an hour of the week in which nobody has hours."
            ),
        ),
    )


def _live(found: Workload, live: Live) -> dict[str, Figure]:
    return by_name(
        Figure(
            name="live_contacts",
            value=found.live,
            words=_("Live contacts in the window"),
            about=_("Cases opened in a live contact, and live contacts entered by hand."),
        ),
        Figure(
            name="needed",
            value=people_needed(live),
            words=_("People needed"),
            about=_("The fewest with whom the share asked for is answered in time."),
        ),
        Figure(
            name="erlangs",
            value=live.erlangs,
            kind=RATE,
            words=_("Load in erlangs"),
            about=_("Contacts an hour times the hours that each takes: so many people are busy at any time."),
        ),
    )


def _rows(rows: list[Staffed]) -> dict[str, Figure]:
    told: dict[str, Figure] = {}
    for row in rows:
        before = f"with_{row.people}"
        told |= by_name(
            Figure(name=f"{before}_people", value=row.people),
            Figure(name=f"{before}_in_time", value=row.in_time, kind=SHARE),
            Figure(name=f"{before}_waits", value=row.waits, kind=SHARE),
            Figure(name=f"{before}_seconds", value=row.mean_wait_seconds, kind=RATE),
            Figure(name=f"{before}_busy", value=row.busy, kind=SHARE),
        )
    return told
