"""The band of an account: by its score, what that was before, what caps it, and what a person says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from keepwell.success.health.cards import Band, Card
from keepwell.success.health.scoring import Evaluation

ORDER = (Band.RED, Band.AMBER, Band.GREEN)


@dataclass(frozen=True, kw_only=True)
class Override:
    """What a person says instead, why, and until when. It moves the band and never the score."""

    band: Band
    reason: str
    expires_at: datetime

    def holds(self, at: datetime) -> bool:
        return at < self.expires_at


@dataclass(frozen=True, kw_only=True)
class Banded:
    """A band and the way to it.

    `plain` is the score's alone, `remembered` with hysteresis: the one that the next evaluation starts from,
    also where too little is known now. Both are None before anything was ever known. `capped_by` are the
    measures whose cap holds it down.
    """

    band: Band
    plain: Band | None
    remembered: Band | None
    capped_by: frozenset[str]
    is_sufficient: bool
    override: Override | None


def banded(
    found: Evaluation, *, before: Band | None, override: Override | None = None, at: datetime
) -> Banded:
    """The band at an instant. `before` is what was `remembered` by the last evaluation; None: there was none.

    Too little known says so whatever the score; an override that holds stands above everything.
    """
    card, score = found.card, found.score
    plain = _by_score(card, score) if score is not None else None
    remembered = _with_memory(card, score, before) if score is not None else before
    capped = _capped(found, remembered)
    is_sufficient = remembered is not None and score is not None and found.coverage >= card.least_coverage
    holding = override if override is not None and override.holds(at) else None
    by_itself = _lowest(remembered, capped, found) if is_sufficient else Band.INSUFFICIENT
    return Banded(
        band=holding.band if holding else by_itself,
        plain=plain,
        remembered=remembered,
        capped_by=capped,
        is_sufficient=is_sufficient,
        override=holding,
    )


def _by_score(card: Card, score: Fraction) -> Band:
    if score < card.red_below:
        return Band.RED
    return Band.AMBER if score < card.amber_below else Band.GREEN


def _with_memory(card: Card, score: Fraction, before: Band | None) -> Band:
    """Worse at once, better only once the score is clear of where the better band begins."""
    plain = _by_score(card, score)
    if before is None or _rank(plain) <= _rank(before):
        return plain
    return max(before, _by_score(card, score - card.hysteresis), key=_rank)


def _capped(found: Evaluation, band: Band | None) -> frozenset[str]:
    """The measures that are red by themselves, and whose cap is worse than the band."""
    if band is None:
        return frozenset()
    return frozenset(
        key
        for key, one in found.measures.items()
        if (cap := found.card.measures[key].caps_at) is not None
        and one.points is not None
        and one.points < found.card.red_below
        and _rank(cap) < _rank(band)
    )


def _lowest(band: Band | None, capped_by: frozenset[str], found: Evaluation) -> Band:
    caps = [cap for key in capped_by if (cap := found.card.measures[key].caps_at) is not None]
    return min([*caps, *([band] if band else [])], key=_rank)


def _rank(band: Band) -> int:
    return ORDER.index(band)
