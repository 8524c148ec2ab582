"""What the pages print beside what was counted again; nothing on either side is left without the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any
from zlib import crc32

from prove.recount.counting import Counted, Counting, Guideline, Window, guidelines_of, windows_of
from prove.recount.estimates import Drawn, estimates_of, outlook_of
from prove.recount.from_entries import Extract
from prove.recount.pages import Reading

# From an address to the page as it is shown to a lead.
Ask = Callable[[str], str]
CLOSE = 1e-9
ERRORS = 4
# The page keeps a year in parts of 1/2000 of an allowance; so far may a share of open clocks be off by it.
IN_PARTS = 1e-4
TABLE_ROUND_CLOCKS = ("kept_low", "kept_high", "clocks", "missed")
NOT_PRINTED = {"cases"}
OF_A_BUDGET = {"allowed", "allowed_so_far", "burn"}


@dataclass
class Findings:
    """How many figures were held against their counterparts, and every one that differs, in words.

    drawn: those held against draws, the furthest so many standard errors away; uncertain: chances among
    them that are neither nearly 0 nor nearly 1.
    """

    figures: int = 0
    pages: int = 0
    clocks: int = 0
    drawn: int = 0
    furthest_drawn: float = 0.0
    uncertain: int = 0
    by_name: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def hold(self, where: str, name: str, printed: str, counted: Any) -> None:
        self.figures += 1
        kind = name.rpartition(".")[2]
        self.by_name[kind] = self.by_name.get(kind, 0) + 1
        if isinstance(counted, Drawn):
            self.drawn += 1
            self.uncertain += counted.is_chance and 0.01 < counted.value < 0.99
            self.furthest_drawn = max(self.furthest_drawn, round(away(printed, counted), 2))
        if not is_same(printed, counted):
            self.wrong.append(
                f"{where}: {name} is printed as {printed or 'nothing'}, counted {told(counted)}"
            )


def told(counted: Any) -> str:
    if isinstance(counted, Drawn):
        return f"{counted.value:.5f} ± {counted.error:.5f}"
    return str(float(counted)) if isinstance(counted, Fraction) else str(counted)


def away(printed: str, drawn: Drawn) -> float:
    """In standard errors of the draws."""
    if not printed:
        return float("inf")
    value = float(printed)
    return 0.0 if abs(value - drawn.value) <= CLOSE else drawn.away(value, IN_PARTS / ERRORS)


def is_same(printed: str, counted: Any) -> bool:
    if counted is None or printed == "":
        return counted is None and printed == ""
    if isinstance(counted, Drawn):
        return away(printed, counted) <= ERRORS
    if isinstance(counted, int):
        return printed == str(counted)
    return abs(float(printed) - float(counted)) <= CLOSE


def element_id(name: str) -> str:
    return "figure-" + name.replace(".", "-").replace("_", "-")


def compare(connection: Any, extract: Extract, ask: Ask) -> Findings:
    """The table of promises and every guideline's page, for the present window and the one before.

    The pages about work, flow and workload, and what-if, are not among them.
    """
    again = recounted(connection, extract)
    findings = held(again, ask)
    hold_tables(findings, again, ask)
    findings.clocks = sum(one.figures["clocks"] for one in again)
    findings.wrong += [f"{count} cases: {why}" for why, count in extract.unhandled.items()]
    return findings


@dataclass(frozen=True, kw_only=True)
class Again:
    """What was counted again of a guideline. place: 0 for the present window, 1 for the one before."""

    guideline: Guideline
    place: int
    window: Window
    figures: dict[str, Any]

    @property
    def query(self) -> str:
        return f"?on={self.window.last.isoformat()}" if self.place else ""


def recounted(
    connection: Any, extract: Extract, wanted: Callable[[Guideline], bool] = lambda _one: True
) -> list[Again]:
    counting = Counting(connection, extract)
    return [
        Again(
            guideline=guideline,
            place=place,
            window=window,
            figures=all_figures(counting.counted(guideline, window), extract.at),
        )
        for guideline in guidelines_of(connection)
        if wanted(guideline)
        for place, window in enumerate(windows_of(extract, guideline))
    ]


def held(again: list[Again], ask: Ask) -> Findings:
    """The pages of these guidelines beside what was counted again."""
    findings = Findings()
    for one in again:
        address = f"/desk/insight/guidelines/{one.guideline.id}/{one.query}"
        _hold_page(findings, address, ask(address), _of_page(one.figures))
    return findings


def hold_tables(findings: Findings, again: list[Again], ask: Ask) -> None:
    """The table of all promises, for each of the windows."""
    for place in (0, 1):
        published = [one for one in again if one.place == place and one.guideline.is_published]
        address = f"/desk/insight/{published[0].query}"
        _hold_page(findings, address, ask(address), dict(_of_table(published)))


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


def _hold_page(findings: Findings, where: str, page: str, counted: Mapping[str, Any]) -> None:
    """Figures of the page and counted ones must be the same names, and no number may be without one."""
    reading = Reading(page)
    findings.pages += 1
    by_id = {element_id(name): name for name in counted}
    for one, printed in reading.figures.items():
        if one in by_id:
            findings.hold(where, by_id[one], printed, counted[by_id[one]])
        else:
            findings.wrong.append(f"{where}: {one} has no counterpart")
    findings.wrong += [f"{where}: {one} is not printed" for one in by_id if one not in reading.figures]
    findings.wrong += [f"{where}: {one} stands twice" for one in reading.twice]
    findings.wrong += [f"{where}: “{text}” has no name" for text in reading.nameless]
