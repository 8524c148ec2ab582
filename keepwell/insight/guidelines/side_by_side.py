"""What was and what would have been, figure by figure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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


Numbers = Mapping[str, float | int | None]


def numbers_of(found: Attainment, objective: Decimal) -> Numbers:
    """The figures by name, as they can be kept."""
    kept, counts = found.kept, found.counts
    return {
        "kept": kept.share if kept else None,
        "kept_low": kept.low if kept else None,
        "kept_high": kept.high if kept else None,
        "objective": float(objective) / 100,
        "clocks": counts.clocks,
        "met": counts.met,
        "missed": counts.missed,
        "undecided": counts.undecided,
        "allowed": misses_allowed(counts.clocks, objective),
    }


def side_by_side(was: Numbers, would_be: Numbers) -> list[Pair]:
    """The figures of the same clocks as they stood, and under the other promise."""
    return [
        Pair(
            words=words,
            was=Figure(name=f"was.{name}", value=was[name], kind=kind),
            would_be=Figure(name=f"would.{name}", value=would_be[name], kind=kind),
        )
        for name, words, kind in _named()
    ]


def _named() -> Iterator[tuple[str, str, str]]:
    yield "kept", _("Kept"), SHARE
    yield "kept_low", _("at least"), SHARE
    yield "kept_high", _("at most"), SHARE
    yield "objective", _("Promised"), SHARE
    yield "clocks", _("Clocks"), COUNT
    yield "met", _("Met"), COUNT
    yield "missed", _("Missed"), COUNT
    yield "undecided", _("Undecided"), COUNT
    yield "allowed", _("Misses allowed"), COUNT
