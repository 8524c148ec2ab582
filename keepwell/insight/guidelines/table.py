"""Every promise as it is published, with what was reached beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from keepwell.insight.guidelines.figures import figures_by_name
from keepwell.insight.guidelines.judged import Judged, judged
from keepwell.kit.figures import Figure
from keepwell.service_levels.measuring import EVERYTHING, Figures, Narrowing, figures_of
from keepwell.service_levels.models import GuidelineVersion
from keepwell.service_levels.models.policy import Metric, Population
from keepwell.service_levels.published import ACROSS, DOWN, promise_words
from keepwell.service_levels.windows import Window

SHOWN = ("kept", "kept_low", "kept_high", "clocks", "met", "missed", "undecided", "left")


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One promise: its words as published, its figures (named with the promise), and the verdict."""

    version: GuidelineVersion
    words: str
    figures: dict[str, Figure]
    judged: Judged
    has_budget: bool


@dataclass(frozen=True, kw_only=True)
class Row:
    """One metric; a cell for each severity in the order of ACROSS, None where nothing is promised."""

    words: str
    cells: tuple[Cell | None, ...]

    @property
    def by_severity(self) -> list[tuple[str, Cell | None]]:
        return [(str(severity.label), cell) for severity, cell in zip(ACROSS, self.cells, strict=True)]


@dataclass(frozen=True, kw_only=True)
class PromiseTable:
    severities: tuple[str, ...]
    rows: tuple[Row, ...]
    overall: Cell | None


def promise_table(
    versions: Iterable[GuidelineVersion], window: Window, *, at: datetime, narrowing: Narrowing = EVERYTHING
) -> PromiseTable:
    """The table of these guidelines, all for the same window."""
    return table_of(figures_of(version, window, at=at, narrowing=narrowing) for version in versions)


def table_of(figures: Iterable[Figures]) -> PromiseTable:
    """The table of figures that are known already."""
    cells = {(found.version.metric, found.version.severity): _cell(found) for found in figures}
    rows = (
        Row(words=str(metric.label), cells=tuple(cells.get((metric, one)) for one in ACROSS))
        for metric in DOWN
    )
    return PromiseTable(
        severities=tuple(str(severity.label) for severity in ACROSS),
        rows=tuple(row for row in rows if any(row.cells)),
        overall=cells.get((Metric.OVERALL, Population.ANY)),
    )


def _cell(found: Figures) -> Cell:
    version = found.version
    named = figures_by_name(found)
    before = f"{version.metric}.{version.severity}."
    return Cell(
        version=version,
        words=promise_words(found.commitment),
        figures={name: replace(named[name], name=before + name) for name in SHOWN},
        judged=judged(found),
        has_budget=found.budget.allowed > 0,
    )
