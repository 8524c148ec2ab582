"""The charts of a guideline: its curve by lifelines, its budget day by day. Nothing from keepwell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from prove.recount.counting import MISSED, Counted
from prove.recount.estimates import Fitted
from prove.recount.picturing import Pictured, count_said, day_label, share_said, simple

FURTHEST, PARTS = 2.0, 20
# Of the allowance: what stopped at a twentieth, but for the last digit of a division, has stopped there.
NEARLY = 1e-9


def curve_said(figures: Mapping[str, Any]) -> list[str]:
    return [share_said(float(figures[name])) for name in ("kept", "kept_low", "kept_high", "objective")]


def curve_rows(counted: Counted) -> list[list[float]]:
    """At each twentieth of the allowance until nothing changes any more: how much is done, and its ends."""
    fitted = Fitted(counted.clocks["used"], counted.clocks["is_stopped"])
    stops = fitted.stops[fitted.stops <= FURTHEST]
    last = float(stops[-1]) if stops.size else 0.0
    told = [part / PARTS for part in range(int(FURTHEST * PARTS) + 1) if (part - 1) / PARTS < last - NEARLY]
    return [[used, *fitted.band(used + NEARLY)] for used in told or [0.0]]


def has_curve(counted: Counted) -> bool:
    return bool(counted.clocks["is_stopped"].any())


def budget_picture(counted: Counted, at: int) -> Pictured:
    """What is left at the end of each day that has begun."""
    figures, zone, window = counted.figures, counted.zone, counted.window
    missed = counted.clocks[counted.clocks["state"] == MISSED]["missed"]
    days = Counter(min(datetime.fromtimestamp(int(one), zone).date(), window.last) for one in missed)
    rows, left = {}, figures["allowed"]
    for on in _days(counted, at):
        left -= days[on]
        rows[day_label(on)] = left
    said = [count_said(abs(figures["left"])), count_said(figures["allowed"]), share_said(figures["gone"])]
    return Pictured(rows=simple(rows), said=said)


def _days(counted: Counted, at: int) -> list[date]:
    first = datetime.fromtimestamp(counted.window.begins, counted.zone).date()
    last = min(counted.window.last, datetime.fromtimestamp(at, counted.zone).date())
    return [first + timedelta(days=n) for n in range(max((last - first).days, 0) + 1)]
