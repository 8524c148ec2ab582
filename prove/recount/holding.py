"""Figures of a page beside those counted again; nothing on either side is left without the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from prove.recount.estimates import Drawn
from prove.recount.pages import Reading, Row, is_said
from prove.recount.picturing import Pictured, Rounded

# From an address to the page as it is shown.
Ask = Callable[[str], str]
CLOSE = 1e-9
ERRORS = 4
# The page keeps a year in parts of 1/2000 of an allowance; so far may a share of open clocks be off by it.
IN_PARTS = 1e-4


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

    def hold_said(self, where: str, name: str, said: list[str], counted: Sequence[str]) -> None:
        """The numbers in the sentence under a chart."""
        self.figures += len(counted)
        if said != list(counted):
            self.wrong.append(f"{where}: {name} says {said}, counted {counted}")


def told(counted: Any) -> str:
    if isinstance(counted, Drawn):
        return f"{counted.value:.5f} ± {counted.error:.5f}"
    return str(float(counted)) if isinstance(counted, Fraction) else str(counted)


def away(printed: str, drawn: Drawn) -> float:
    """In standard errors of the draws."""
    if not printed:
        return float("inf")
    value = float(printed)
    return 0.0 if abs(value - drawn.value) <= CLOSE else drawn.away(value, IN_PARTS)


def is_same(printed: str, counted: Any) -> bool:
    if counted is None or printed == "":
        return counted is None and printed == ""
    if isinstance(counted, Drawn):
        return away(printed, counted) <= ERRORS
    if isinstance(counted, Rounded):
        return counted.is_told_by(float(printed))
    if isinstance(counted, int):
        return printed == str(counted)
    return abs(float(printed) - float(counted)) <= CLOSE


def element_id(name: str) -> str:
    return "figure-" + name.replace(".", "-").replace("_", "-")


def hold_page(findings: Findings, where: str, page: str, counted: Mapping[str, Any]) -> None:
    hold_reading(findings, where, Reading(page), counted)


def hold_reading(findings: Findings, where: str, reading: Reading, counted: Mapping[str, Any]) -> None:
    """Figures of the page and counted ones must be the same names, and no number may be without one."""
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
    for one, value in reading.every_value.items():
        if not is_said(value, reading.texts.get(one, "")):
            findings.wrong.append(f"{where}: {one} is {value}, and reads {reading.texts.get(one)}")


def hold_pictures(findings: Findings, where: str, reading: Reading, pictures: Mapping[str, Pictured]) -> None:
    """The table behind each chart, row by row, and the numbers in the sentence under it."""
    for name in {*reading.tables, *pictures}:
        if name not in reading.tables or name not in pictures:
            findings.wrong.append(f"{where}: chart {name} is drawn or counted, not both")
            continue
        rows = [row for row in reading.tables[name] if row.values]
        _hold_rows(findings, f"{where} chart {name}", rows, pictures[name])
        findings.hold_said(where, name, reading.said.get(name, []), pictures[name].said)


def _hold_rows(findings: Findings, where: str, rows: list[Row], counted: Pictured) -> None:
    if sorted(tuple(row.label) for row in rows) != sorted(counted.rows):
        findings.wrong.append(f"{where}: its rows are not {sorted(counted.rows)}")
        return
    for row in rows:
        told = counted.rows[tuple(row.label)]
        if len(row.values) != len(told):
            findings.wrong.append(f"{where}: {row.label} has {len(row.values)} figures, not {len(told)}")
        for printed, one in zip(row.values, told, strict=False):
            findings.hold(f"{where} {row.label}", "table.cell", printed, one)
