"""What a page and a paper show of a review: words, figures, tables and pictures, already as they are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from keepwell.kit.charts.chart import Chart

# Good, warn, bad, or "" for what is neither.
Tone = str


@dataclass(frozen=True, kw_only=True)
class Stat:
    """A figure that is read first, and what it was or is held against."""

    name: str
    value: str
    beside: str = ""
    tone: Tone = ""


@dataclass(frozen=True, kw_only=True)
class Cell:
    words: str
    beside: str = ""
    tone: Tone = ""


@dataclass(frozen=True, kw_only=True)
class Grid:
    """Rows under headings; figures stand to the right in the last columns, as many as `figures` says."""

    headings: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    figures: int = 0


@dataclass(frozen=True, kw_only=True)
class Strip:
    """The middle half of others and the account's own figure, on one scale from 0 to 1; and in words."""

    name: str
    lower: float
    median: float
    upper: float
    own: float
    own_words: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Part:
    """One section. `said` is what staff wrote, `lead` what the data says in a sentence, `about` how it was
    worked out. `is_shown`: the customer sees it."""

    key: str
    title: str
    said: str = ""
    lead: str = ""
    about: str = ""
    stats: Sequence[Stat] = ()
    charts: Sequence[Chart] = ()
    strips: Sequence[Strip] = ()
    grids: Sequence[Grid] = ()
    is_shown: bool = True
