"""The same history under another promise, replayed by the recount's own clocks. Nothing from keepwell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from math import ceil
from typing import Any
from urllib.parse import urlencode

import numpy as np
from numpy.typing import NDArray

from prove.recount.clock import Terms
from prove.recount.counting import MET, MISSED, UNDECIDED, VOID, Counted
from prove.recount.estimates import estimate_of
from prove.recount.from_entries import METRICS, SEVERITIES, SHAPE, Entry, EntryReading, Extract, row_of
from prove.recount.promises import Edit
from prove.recount.walking import Event, clocks_of

SAME = {"high": "high", "normal": "normal", "low": "low"}


def edits_of(metric: str, severity: str) -> list[Edit]:
    """A shorter one that never stands still; a longer one, with High and Low read as this severity."""
    one = "normal" if severity == "any" else severity
    return [
        Edit(metric, severity, 3.5, "business_hours", Fraction(90, 100), False, SAME),
        Edit(
            metric, severity, 2, "business_days", Fraction("0.625"), True, {**SAME, "high": one, "low": one}
        ),
    ]


def query_of(edit: Edit) -> str:
    given = {
        "amount": f"{edit.amount:g}",
        "unit": edit.unit,
        "objective": f"{float(edit.objective * 100):g}",
        **edit.severities,
        **({"pauses": "on"} if edit.pauses else {}),
    }
    return urlencode(given)


def supposed_figures(connection: Any, extract: Extract, counted: Counted, edit: Edit) -> dict[str, Any]:
    """was.* and would.*, of the same clocks: those of the metric in the window, whatever their severity."""
    all_of_metric = counted.every_severity
    terms = extract.promises.edited(counted.guideline.policy, extract.at, edit)
    reading = _Supposing(connection, extract.at, terms, edit.severities)
    edited = reading.clocks({int(row["case"]) for row in all_of_metric})
    of_it = (edited["metric"] == METRICS.index(edit.metric)) & (
        edited["severity"] == SEVERITIES.index(edit.severity)
    )
    named = np.isin(edited["by"], all_of_metric["by"]) & of_it & (edited["state"] != VOID)
    was, would = _told(counted.clocks, counted.objective), _told(edited[named], edit.objective)
    return {f"was.{name}": one for name, one in was.items()} | {
        f"would.{name}": one for name, one in would.items()
    }


def _told(clocks: NDArray[np.void], objective: Fraction) -> dict[str, Any]:
    return {
        **estimate_of("kept", "used", clocks),
        "objective": objective,
        "clocks": len(clocks),
        "met": int((clocks["state"] == MET).sum()),
        "missed": int((clocks["state"] == MISSED).sum()),
        "undecided": int((clocks["state"] == UNDECIDED).sum()),
        "allowed": len(clocks) - ceil(len(clocks) * objective),
    }


class _Supposing(EntryReading):
    """Reads some cases as if these terms had held from the beginning, and each severity had been another."""

    def __init__(self, connection: Any, at: int, terms: Terms, severities: dict[str, str]) -> None:
        super().__init__(connection, at)
        self._terms, self._severities = terms, severities

    def clocks(self, cases: Iterable[int]) -> NDArray[np.void]:
        self._read_merged()
        rows = [
            row_of(case, clock, self._at)
            for case, entries in self._histories("AND s.subject_id = ANY(%s)", list(cases))
            for clock in clocks_of(self._events(entries), self._terms_at(entries), self._at)
        ]
        return np.array(rows, dtype=SHAPE)

    def _terms_at(self, entries: Iterable[Entry]) -> Callable[[int], Terms]:
        return lambda _at: self._terms

    def _events(self, entries: Sequence[Entry]) -> list[Event]:
        return [
            event._replace(severity=self._severities.get(event.severity, event.severity))
            for event in super()._events(entries)
        ]
