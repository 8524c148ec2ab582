"""Metrics in words: what each is called, how it is defined, and why there may be none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from keepwell.kit.figures import COUNT, RATE, SHARE, Figure
from keepwell.usage.season import Basis

Words = str | Promise


@dataclass(frozen=True, kw_only=True)
class Said:
    """How a metric is shown. `why_not`: why it does not apply; `not_yet`: why nothing can be said yet."""

    name: str
    words: Words
    about: Words
    kind: str = COUNT
    why_not: Words = ""
    not_yet: Words = ""

    def figure(self, value: Fraction | None) -> Figure:
        shown = value if value is None or self.kind != COUNT else int(value)
        return Figure(
            name=f"usage.{self.name}",
            value=shown if shown is None or isinstance(shown, int) else float(shown),
            kind=self.kind,
            words=str(self.words),
            about=str(self.about),
        )


NO_MODULES = _("No module is entered for what runs here.")
NO_SEATS = _("No number of seats is agreed, or it has no limit.")
NOT_USED = _("Nobody was active in 28 days.")

_ALL = (
    Said(
        name="active_1", words=_("Active on the day"), about=_("People who did anything at all on this day.")
    ),
    Said(name="active_7", words=_("Active in 7 days"), about=_("People who did anything at all in 7 days.")),
    Said(
        name="active_28", words=_("Active in 28 days"), about=_("People who did anything at all in 28 days.")
    ),
    Said(
        name="trend",
        kind=SHARE,
        words=_("Against the season"),
        about=_("How far who is active in 28 days lies beyond what is usual for this time of the year."),
        why_not=_("Nothing was used then: there is no part of nothing."),
        not_yet=_("Thirteen weeks have to pass before anything is usual."),
    ),
    Said(
        name="stickiness",
        kind=SHARE,
        words=_("Stickiness"),
        about=_("Who is active on a usual day, of those who are in 28 days."),
        not_yet=NOT_USED,
    ),
    Said(
        name="frequency",
        kind=SHARE,
        words=_("Frequency"),
        about=_("Working days with a core event, of the working days of 28 days."),
        why_not=_("There was no working day."),
    ),
    Said(
        name="breadth",
        kind=SHARE,
        words=_("Breadth"),
        about=_("Modules with 3 core events or more in 28 days, of those that may be used."),
        why_not=NO_MODULES,
    ),
    Said(
        name="depth",
        kind=RATE,
        words=_("Depth"),
        about=_("Core events of the middle one of the active people, by working day of 28 days."),
        not_yet=NOT_USED,
    ),
    Said(
        name="recency",
        kind=SHARE,
        words=_("Recency"),
        about=_(
            "How recently modules were used: halved with each half-life of the module, and the mean of all."
        ),
        why_not=NO_MODULES,
    ),
    Said(
        name="licences_provisioned",
        kind=SHARE,
        words=_("Seats set up"),
        about=_("People for whom it is set up, of the seats."),
        why_not=_(
            "No number of seats is agreed, it has no limit, or the software does not say for how many it is."
        ),
    ),
    Said(
        name="licences_active",
        kind=SHARE,
        words=_("Seats used"),
        about=_("People active in 28 days, of the seats."),
        why_not=NO_SEATS,
    ),
    Said(
        name="first_value",
        words=_("Days to first value"),
        about=_("From going live to the first core event."),
        not_yet=_("There was no core event yet, or no day of going live is entered."),
    ),
    Said(
        name="first_use",
        words=_("Days to first use"),
        about=_("From going live until a tenth of the seats was active in 28 days."),
        why_not=NO_SEATS,
        not_yet=_("A tenth of the seats was never active in 28 days."),
    ),
)
SHOWN: Mapping[str, Said] = {said.name: said for said in _ALL}

_BASES: Mapping[str, Words] = {
    Basis.SAME_SEASON: _("Held against this time of last year, three weeks earlier and later."),
    Basis.TRAILING: _(
        "Held against the middle of the 13 weeks before: there are less than 13 months to look back on."
    ),
}


def basis_words(basis: str) -> Words:
    """What a trend is held against; "" where it is held against nothing."""
    return _BASES.get(basis, "")
