"""How long a version is supported, in words."""

from __future__ import annotations

from datetime import date

from django.utils import dateformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from keepwell.customers.lifetimes import Stage, Standing

# From so many days before the last one it is worth a warning.
SOON = 180
TONES = {Stage.SUPPORTED: "good", Stage.UNSUPPORTED: "warn", Stage.ENDED: "bad", Stage.UNDATED: ""}


def standing_words(standing: Standing) -> str:
    """Supported until 31 Dec 2026, 40 days from now."""
    if standing.stage == Stage.UNDATED:
        return _("No last day is known")
    if standing.stage == Stage.ENDED:
        return _("Ended on %s") % _day(standing.ended_on)
    if standing.stage == Stage.SUPPORTED:
        return f"{_('Supported until %s') % _day(standing.ends_on)}, {_left(standing.ends_in_days)}"
    ended = _("Support ended on %s") % _day(standing.ended_on)
    if standing.ends_on is None:
        return ended
    last = _("the version itself ends on %s") % _day(standing.ends_on)
    return f"{ended}; {last}, {_left(standing.ends_in_days)}"


def tone(standing: Standing) -> str:
    if standing.stage == Stage.SUPPORTED and (standing.ends_in_days or 0) <= SOON:
        return "warn"
    return TONES[standing.stage]


def _left(days: int | None) -> str:
    if not days:
        return _("today")
    return ngettext("%(days)s day from now", "%(days)s days from now", days) % {"days": days}


def _day(on: date | None) -> str:
    assert on is not None, "asked of a stage that has its day"
    return dateformat.format(on, pgettext("date with year, as a date format", "j M Y"))
