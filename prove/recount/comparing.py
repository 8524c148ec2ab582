"""What the pages print beside what was counted again, page by page.

Not shown to be held: the figure without pauses, the month's first midnight to the day, hand-offs accepted
beside those asked for, ages to the hour, and the ends of intervals in the portal. The figures agree there,
but a breach made on purpose goes unnoticed at the desk of the tests (tests/recount/work_breaches.py), as
little of it occurs there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

from prove.recount.counting import Counted, Counting, Guideline, Window, guidelines_of, windows_of
from prove.recount.curving import budget_picture, curve_rows, curve_said, has_curve
from prove.recount.delivering import ADDRESS, delivered_to
from prove.recount.estimates import estimates_of, outlook_of
from prove.recount.from_entries import Extract
from prove.recount.holding import Ask, Findings, hold_page, hold_pictures, hold_reading
from prove.recount.pages import Reading
from prove.recount.supposing import edits_of, query_of, supposed_figures
from prove.recount.work_pages import Expected, expected_of_work

TABLE_ROUND_CLOCKS = ("kept_low", "kept_high", "clocks", "missed")
NOT_PRINTED = {"cases"}
OF_A_BUDGET = {"allowed", "allowed_so_far", "burn"}


@dataclass(frozen=True, kw_only=True)
class Faces:
    """How pages are asked for: as a lead, and as customers, by their addresses."""

    lead: Ask
    customer: Callable[[str], Ask]
    customers: Sequence[str]


def compare(connection: Any, extract: Extract, faces: Faces) -> Findings:
    """Every page of Insight with figures, for the present window and the one before, and the portal's."""
    again = recounted(connection, extract)
    findings = held(again, faces.lead, extract.at)
    hold_tables(findings, again, faces.lead)
    hold_work(findings, expected_of_work(connection, extract.at), faces.lead)
    hold_supposed(findings, connection, extract, again, faces.lead)
    hold_delivered(findings, connection, extract, faces)
    findings.clocks = sum(one.figures["clocks"] for one in again)
    findings.wrong += [f"{count} cases: {why}" for why, count in extract.unhandled.items()]
    return findings


def hold_work(findings: Findings, expected: Iterator[Expected] | Sequence[Expected], ask: Ask) -> None:
    for one in expected:
        reading = Reading(ask(one.address))
        hold_reading(findings, one.address, reading, one.figures)
        hold_pictures(findings, one.address, reading, one.pictures)


def hold_supposed(
    findings: Findings, connection: Any, extract: Extract, again: list[Again], ask: Ask
) -> None:
    """Each promise made otherwise, in one of two ways by turns."""
    for number, one in enumerate(one for one in again if one.place == 0):
        guideline = one.guideline
        edit = edits_of(guideline.metric, guideline.severity)[number % 2]
        counted = supposed_figures(connection, extract, one.counted, edit)
        calendar = extract.promises.calendar_of(guideline.policy, extract.at)
        address = f"/desk/insight/guidelines/{guideline.id}/what-if/?calendar={calendar}&{query_of(edit)}"
        hold_page(findings, address, ask(address), counted)


def hold_delivered(findings: Findings, connection: Any, extract: Extract, faces: Faces) -> None:
    for email in faces.customers:
        for place in (0, 1):
            told = dict(delivered_to(connection, extract, email, place))
            last = told.pop("last")
            address = ADDRESS + (f"?on={last.isoformat()}" if place else "")
            hold_page(findings, f"{address} of {email}", faces.customer(email)(address), told)


def hold_charts(findings: Findings, one: Again, reading: Reading, at: int) -> None:
    """The curve and the budget of a guideline's page."""
    where = f"{one.address} chart"
    rows = [row for row in reading.tables.pop("curve", []) if row.values]
    if bool(rows) != has_curve(one.counted):
        findings.wrong.append(f"{where} curve is drawn or counted, not both")
    elif rows:
        _hold_curve(findings, f"{where} curve", rows, curve_rows(one.counted))
        findings.hold_said(where, "curve", reading.said.pop("curve", []), curve_said(one.figures))
    budget = {"budget": budget_picture(one.counted, at)} if one.figures["allowed"] else {}
    hold_pictures(findings, one.address, reading, budget)


def _hold_curve(findings: Findings, where: str, rows: list[Any], told: list[list[float]]) -> None:
    if len(rows) != len(told):
        findings.wrong.append(f"{where}: {len(rows)} rows, counted {len(told)}")
        return
    for row, figures in zip(rows, told, strict=True):
        for printed, one in zip(row.values, figures, strict=True):
            findings.hold(where, "curve.cell", printed, one)


@dataclass(frozen=True, kw_only=True)
class Again:
    """What was counted again of a guideline. place: 0 for the present window, 1 for the one before."""

    guideline: Guideline
    place: int
    window: Window
    counted: Counted
    figures: dict[str, Any]

    @property
    def address(self) -> str:
        return f"/desk/insight/guidelines/{self.guideline.id}/{self.query}"

    @property
    def query(self) -> str:
        return f"?on={self.window.last.isoformat()}" if self.place else ""


def recounted(
    connection: Any, extract: Extract, wanted: Callable[[Guideline], bool] = lambda _one: True
) -> list[Again]:
    counting = Counting(connection, extract)
    return [
        _again(counting.counted(guideline, window), place, extract.at)
        for guideline in guidelines_of(connection)
        if wanted(guideline)
        for place, window in enumerate(windows_of(extract, guideline))
    ]


def _again(counted: Counted, place: int, at: int) -> Again:
    return Again(
        guideline=counted.guideline,
        place=place,
        window=counted.window,
        counted=counted,
        figures=all_figures(counted, at),
    )


def held(again: list[Again], ask: Ask, at: int) -> Findings:
    """The pages of these guidelines beside what was counted again."""
    findings = Findings()
    for one in again:
        reading = Reading(ask(one.address))
        hold_reading(findings, one.address, reading, _of_page(one.figures))
        hold_charts(findings, one, reading, at)
    return findings


def hold_tables(findings: Findings, again: list[Again], ask: Ask) -> None:
    """The table of all promises, for each of the windows."""
    for place in (0, 1):
        published = [one for one in again if one.place == place and one.guideline.is_published]
        address = f"/desk/insight/{published[0].query}"
        hold_page(findings, address, ask(address), dict(_of_table(published)))


def all_figures(counted: Counted, at: int) -> dict[str, Any]:
    # From the name, not the id, which depends on what else the database has numbered.
    seed = crc32(counted.guideline.name.encode()) * 2 + (at >= counted.window.ends)
    return {**counted.figures, **estimates_of(counted), **outlook_of(counted, at, seed)}


def _of_page(figures: Mapping[str, Any]) -> dict[str, Any]:
    left_out = NOT_PRINTED if figures["allowed"] else NOT_PRINTED | OF_A_BUDGET
    return {name: value for name, value in figures.items() if name not in left_out}


def _of_table(published: list[Again]) -> Iterator[tuple[str, Any]]:
    for one in published:
        shown = ["kept", *TABLE_ROUND_CLOCKS] if one.figures["clocks"] else ["kept"]
        if one.figures["clocks"] and one.figures["allowed"] > 0:
            shown.append("left")
        for name in shown:
            yield f"{one.guideline.metric}.{one.guideline.severity}.{name}", one.figures[name]
