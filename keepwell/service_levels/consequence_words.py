"""Why a case is the next one, in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from keepwell.kit import wording
from keepwell.service_levels import windows
from keepwell.service_levels.consequence import Reason
from keepwell.service_levels.models.policy import Metric, Population

WITHIN: Mapping[str, str | Lazy] = {
    windows.MONTH: gettext_lazy("this month"),
    windows.QUARTER: gettext_lazy("this quarter"),
    windows.YEAR: gettext_lazy("this year"),
    windows.ROLLING: gettext_lazy("in these days"),
}


def reason_words(reason: Reason, now: datetime) -> str:
    """“Resolution High has 3 misses left this month; this one has 2 h left and a 40 % chance.”"""
    if reason.promise is None or reason.due_at is None:
        return _("Nothing is promised here any more, and it waits for us.")
    if reason.is_silence:
        return _silence(reason, now)
    given = {"budget": _budget(reason), "clock": _clock(reason, now)}
    return _("%(budget)s; this one has %(clock)s.") % given


def _silence(reason: Reason, now: datetime) -> str:
    span = now - (reason.since or now)
    given = {"span": wording.duration(span), "promise": _name(reason), "due": _due(reason, now)}
    return _("The customer has heard nothing for %(span)s; %(promise)s is %(due)s.") % given


def _due(reason: Reason, now: datetime) -> str:
    return wording.due(reason.due_at or now, now)


def _clock(reason: Reason, now: datetime) -> str:
    given = {
        "left": wording.duration((reason.due_at or now) - now),
        "percent": round((reason.kept or 0.0) * 100),
    }
    return _("%(left)s left and a %(percent)s %% chance") % given


def _name(reason: Reason) -> str:
    """Resolution High; Solved overall."""
    if reason.promise is None:
        return ""
    metric = Metric(reason.promise.metric).label
    if reason.promise.severity == Population.ANY:
        return str(metric)
    severity = Population(reason.promise.severity).label
    return _("%(metric)s %(severity)s") % {"metric": metric, "severity": severity}


def _watched(reason: Reason) -> str:
    """A guideline that watches a part goes by its own name."""
    return _("“%(guideline)s”") % {"guideline": reason.name} if reason.name else _name(reason)


def _budget(reason: Reason) -> str:
    given = {"promise": _watched(reason), "within": str(WITHIN[reason.window])}
    if reason.left is None:
        return _("%(promise)s is watched by no guideline") % given
    if reason.allowed == 0:
        return _("%(promise)s is to be kept every time") % given
    if reason.left == 0:
        return _("%(promise)s has no miss left %(within)s") % given
    if reason.left < 0:
        return _over(-reason.left) % {**given, "misses": -reason.left}
    return _left(reason.left) % {**given, "misses": reason.left}


def _left(misses: int) -> str:
    return ngettext(
        "%(promise)s has %(misses)s miss left %(within)s",
        "%(promise)s has %(misses)s misses left %(within)s",
        misses,
    )


def _over(misses: int) -> str:
    return ngettext(
        "%(promise)s has %(misses)s miss too many %(within)s",
        "%(promise)s has %(misses)s misses too many %(within)s",
        misses,
    )
