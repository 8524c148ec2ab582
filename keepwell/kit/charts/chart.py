"""A chart as a value, and the words that stand in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from keepwell.kit.tables import Table

Spec = Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Words:
    """What is said in a chart. across, up: along the axes; by: what its colours tell apart, "" for nothing.

    summary: a sentence or two with the figures that matter, for whoever does not see it, or has no time.
    """

    title: str
    summary: str
    across: str
    up: str
    by: str = ""


@dataclass(frozen=True, kw_only=True)
class Chart:
    """What a page, a file and a mail show.

    spec: Vega-Lite, its data within, as wide as its container, without colours. table: the same figures.
    """

    spec: Spec
    title: str
    summary: str
    table: Table
