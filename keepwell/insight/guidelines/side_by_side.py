"""What was and what would have been, figure by figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from keepwell.kit.figures import COUNT, SHARE, Figure
from keepwell.service_levels.attainment import Attainment
from keepwell.service_levels.budget import misses_allowed


@dataclass(frozen=True, kw_only=True)
class Pair:
    """One figure twice."""

    words: str
    was: Figure
    would_be: Figure


def side_by_side(was: Attainment, would_be: Attainment, *, objective: Decimal, other: Decimal) -> list[Pair]:
    """The figures of the same window as it was, and under the other promise with its `other` objective."""
    before, after = dict(_told(was, objective)), dict(_told(would_be, other))
    return [
        Pair(
            words=words,
            was=Figure(name=f"was.{name}", value=before[name, words, kind], kind=kind),
            would_be=Figure(name=f"would.{name}", value=after[name, words, kind], kind=kind),
        )
        for name, words, kind in before
    ]


def _told(found: Attainment, objective: Decimal) -> Iterator[tuple[tuple[str, str, str], float | int | None]]:
    kept, counts = found.kept, found.counts
    yield ("kept", _("Kept"), SHARE), kept.share if kept else None
    yield ("kept_low", _("at least"), SHARE), kept.low if kept else None
    yield ("kept_high", _("at most"), SHARE), kept.high if kept else None
    yield ("objective", _("Promised"), SHARE), float(objective) / 100
    yield ("clocks", _("Clocks"), COUNT), counts.clocks
    yield ("met", _("Met"), COUNT), counts.met
    yield ("missed", _("Missed"), COUNT), counts.missed
    yield ("undecided", _("Undecided"), COUNT), counts.undecided
    yield ("allowed", _("Misses allowed"), COUNT), misses_allowed(counts.clocks, objective)
