"""What the pages print beside what was counted again; nothing on either side is left without the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from prove.recount.counting import Counted, Counting, Guideline, Window, guidelines_of, windows_of
from prove.recount.estimates import Drawn, estimates_of, outlook_of
from prove.recount.from_entries import Extract
from prove.recount.pages import Reading

# From an address to the page as it is shown to a lead.
Ask = Callable[[str], str]
CLOSE = 1e-9
ERRORS = 4
# A mean of draws that are all the same has no error; what is rarer than this is not seen in them.
UNSEEN = 1e-4
TABLE_ROUND_CLOCKS = ("kept_low", "kept_high", "clocks", "missed")
NOT_PRINTED = {"cases"}
OF_A_BUDGET = {"allowed", "allowed_so_far", "burn"}


@dataclass
class Findings:
    """How many figures were held against their counterparts, and every one that differs, in words."""

    figures: int = 0
    pages: int = 0
    clocks: int = 0
    drawn: int = 0
    furthest_drawn: float = 0.0
    by_name: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def hold(self, where: str, name: str, printed: str, counted: Any) -> None:
        self.figures += 1
        kind = name.rpartition(".")[2]
        self.by_name[kind] = self.by_name.get(kind, 0) + 1
        if isinstance(counted, Drawn):
            self.drawn += 1
            self.furthest_drawn = max(self.furthest_drawn, away(printed, counted))
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
    apart = abs(float(printed) - drawn.value) if printed else float("inf")
    return 0.0 if apart <= UNSEEN else apart / max(drawn.error, 1e-12)


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
    """Every page of Insight, for the present window and the one before."""
    findings, counting = Findings(), Counting(connection, extract)
    known: dict[tuple[int, int], dict[str, Any]] = {}
    guidelines = guidelines_of(connection)
    for guideline in guidelines:
        for place, window in enumerate(windows_of(extract, guideline)):
            counted = counting.counted(guideline, window)
            findings.clocks += len(counted.clocks)
            figures = all_figures(counted, extract.at)
            known[guideline.id, place] = figures
            address = f"/desk/insight/guidelines/{guideline.id}/{_query(place, window)}"
            _hold_page(findings, address, ask(address), _of_page(figures))
    published = [guideline for guideline in guidelines if guideline.is_published]
    for place, window in enumerate(windows_of(extract, published[0]) if published else ()):
        address = f"/desk/insight/{_query(place, window)}"
        _hold_page(findings, address, ask(address), dict(_of_table(published, known, place)))
    findings.wrong += [f"{count} cases: {why}" for why, count in extract.unhandled.items()]
    return findings


def all_figures(counted: Counted, at: int) -> dict[str, Any]:
    seed = counted.guideline.id * 2 + (at >= counted.window.ends)
    return {**counted.figures, **estimates_of(counted), **outlook_of(counted, at, seed)}


def _query(place: int, window: Window) -> str:
    return f"?on={window.last.isoformat()}" if place else ""


def _of_page(figures: Mapping[str, Any]) -> dict[str, Any]:
    left_out = NOT_PRINTED if figures["allowed"] else NOT_PRINTED | OF_A_BUDGET
    return {name: value for name, value in figures.items() if name not in left_out}


def _of_table(
    published: list[Guideline], known: Mapping[tuple[int, int], dict[str, Any]], place: int
) -> Iterator[tuple[str, Any]]:
    for guideline in published:
        figures = known[guideline.id, place]
        shown = ["kept", *TABLE_ROUND_CLOCKS] if figures["clocks"] else ["kept"]
        if figures["clocks"] and figures["allowed"] > 0:
            shown.append("left")
        for name in shown:
            yield f"{guideline.metric}.{guideline.severity}.{name}", figures[name]


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
