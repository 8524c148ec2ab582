"""What a page about work is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from keepwell.kit.charts.chart import Chart
from keepwell.kit.figures import SHARE, Figure
from keepwell.kit.tables import Table
from keepwell.service_levels.attainment import Share


@dataclass(frozen=True, kw_only=True)
class Told:
    """Figures, charts and tables by name. A chart brings its table under its own name.

    titles: of the tables that no chart brings.
    """

    figures: Mapping[str, Figure]
    charts: Mapping[str, Chart] = field(default_factory=dict)
    tables: Mapping[str, Table] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)

    def table(self, name: str) -> Table | None:
        """The table of this name, or the one behind the chart of this name; None: neither."""
        chart = self.charts.get(name)
        return self.tables.get(name) or (chart.table if chart else None)


def by_name(*figures: Figure) -> dict[str, Figure]:
    return {figure.name: figure for figure in figures}


def share_figures(name: str, share: Share, words: str, about: str) -> dict[str, Figure]:
    """A counted share with the ends of Wilson's interval, as NAME, NAME_low and NAME_high."""
    low, high = share.interval if share.of else (None, None)
    return by_name(
        Figure(name=name, value=share.value, kind=SHARE, words=words, about=about),
        Figure(name=f"{name}_low", value=low, kind=SHARE),
        Figure(name=f"{name}_high", value=high, kind=SHARE),
    )
