"""Flow in figures, each with the sentence that defines it."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext as _

from keepwell.insight.work.flow import Flow, Stays
from keepwell.insight.work.flow_pictures import flow_charts, hand_off_table, stay_table
from keepwell.insight.work.telling import Told, by_name, share_figures
from keepwell.kit.figures import HOURS, SHARE, Figure

STEPS = ((1, 2), (2, 3))
LEVELS = (1, 2, 3)


def flow_told(found: Flow) -> Told:
    figures = {
        **_resolved(found),
        **_first_contact(found),
        **_handed(found),
        **_stayed(found),
        **_waited(found),
    }
    tables = {"hand_offs": hand_off_table(found), "levels": stay_table(found)}
    titles = {"hand_offs": _("Hand-offs between levels"), "levels": _("Time at each level")}
    return Told(figures=figures, charts=flow_charts(found), tables=tables, titles=titles)


def _resolved(found: Flow) -> dict[str, Figure]:
    resolved = Figure(
        name="resolved_cases",
        value=found.reopened.of,
        words=_("Cases resolved"),
        about=_("Cases that were resolved in the window, each once, whatever became of them since."),
    )
    undone = Figure(
        name="reopened_cases",
        value=found.reopened.count,
        words=_("Reopened since"),
        about=_("Of these, those whose resolution in the window was undone by now, by either side."),
    )
    share = share_figures(
        "reopened",
        found.reopened,
        _("Reopened share"),
        _("Reopened of resolved. For the last days it still grows: cases can be reopened for a while."),
    )
    return {**by_name(resolved, undone), **share}


def _first_contact(found: Flow) -> dict[str, Figure]:
    about = _(
        "Of the cases resolved in the window, those whose customer had exactly one contact with a person"
        " up to the resolution (an answer that was sent, a contact entered by hand, or the live contact in"
        " which it was opened), wrote nothing in between, and did not need it reopened. Cases that ended"
        " for want of the customer's answer are among all, never among these."
    )
    count = Figure(
        name="first_contact_cases",
        value=found.first_contact.count,
        words=_("Resolved by the first contact"),
        about=_("The cases in the share beside."),
    )
    share = share_figures("first_contact", found.first_contact, _("First-contact resolution"), about)
    return {**share, **by_name(count)}


def _handed(found: Flow) -> dict[str, Figure]:
    went = {
        f"went_{start}_{end}": Figure(
            name=f"went_{start}_{end}",
            value=found.hand_offs[start, end].accepted if (start, end) in found.hand_offs else 0,
            words=_("Level %(start)s to %(end)s") % {"start": start, "end": end},
            about=_("Cases whose hand-off was asked for in the window and accepted by the other level."),
        )
        for start, end in STEPS
    }
    every = found.all_hand_offs
    answered = by_name(
        Figure(
            name="returned",
            value=every.returned,
            words=_("Returned"),
            about=_(
                "Cases of which a hand-off of the window came back with a reason, before or after it was"
                " accepted."
            ),
        ),
        Figure(
            name="taken_back",
            value=every.taken_back,
            words=_("Taken back"),
            about=_("Cases of which a hand-off of the window was taken back by whoever asked."),
        ),
        Figure(
            name="unanswered",
            value=every.waiting,
            words=_("Not answered yet"),
            about=_("Cases of which a hand-off of the window still waits for the other level."),
        ),
    )
    return {**went, **answered}


def _stayed(found: Flow) -> dict[str, Figure]:
    told: dict[str, Figure] = {}
    for level in LEVELS:
        stays = found.stays.get(level)
        told |= by_name(
            Figure(name=f"stays_{level}", value=stays.ended if stays else 0),
            Figure(name=f"median_{level}", value=_hours_of(stays, "median"), kind=HOURS),
            Figure(name=f"ninetieth_{level}", value=_hours_of(stays, "ninetieth"), kind=HOURS),
        )
    return told


def _hours_of(stays: Stays | None, name: str) -> float | None:
    return _hours(getattr(stays, name)) if stays else None


def _hours(spent: timedelta) -> float:
    return spent.total_seconds() / 3600


def _waited(found: Flow) -> dict[str, Figure]:
    """Each as a part of all elapsed time, and as a mean for each case."""
    turns, cases = found.turns, found.reopened.of
    told: dict[str, Figure] = {}
    for name, spent, words, about in (
        ("ours", turns.ours, _("On us"), _("Nobody else was waited for.")),
        ("customer", turns.customer, _("On the customer"), _("Until he wrote, or we went on without.")),
        ("engineering", turns.engineering, _("On engineering"), _("Engineers had to do something first.")),
        ("scheduled", turns.scheduled, _("For an agreed time"), _("Work was to go on at an agreed instant.")),
    ):
        share = spent / turns.all if turns.all else None
        told |= by_name(
            Figure(name=f"waited_{name}", value=share, kind=SHARE, words=words, about=about),
            Figure(name=f"waited_{name}_hours", value=_hours(spent) / cases if cases else None, kind=HOURS),
        )
    return told
