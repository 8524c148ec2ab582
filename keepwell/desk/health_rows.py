"""Health as the desk shows it: a mark, the measures behind it, and what moved it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from keepwell.customers.queries import accounts_visible_to
from keepwell.kit.charts.chart import Chart, Words
from keepwell.kit.charts.lines import line_over_days
from keepwell.people.models import User
from keepwell.success.health.cards import Band
from keepwell.success.health.models import HealthSnapshot
from keepwell.success.health.models.roll_up import WAYS
from keepwell.success.health.rolling_up import Whole
from keepwell.success.health.scoring import MISSING, Standing
from keepwell.success.health.telling import (
    BAND_WORDS,
    CAUSE_WORDS,
    STANDING_WORDS,
    TONES,
    change_words,
    measure_words,
    reading_words,
    signed,
    whole_parts,
)

LOOKS_BACK = timedelta(days=395)
MOVES_SHOWN = 12


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A band as a chip, with its score where there is one; `why` explains it in a line."""

    words: str
    tone: str
    score: int | None
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class Together:
    """An account with those below it: how they are, in which way that is meant, and who did not count."""

    mark: Mark
    way: str
    left_out: list[str]


@dataclass(frozen=True, kw_only=True)
class MeasureRow:
    """One measure of a card: what was read, the points it makes, and what these give of the score."""

    words: str
    reading: str
    standing: str
    is_known: bool
    points: int | None
    weight: int
    gives: str
    caps: bool


@dataclass(frozen=True, kw_only=True)
class Move:
    """One look at which the score or the band moved."""

    at: datetime
    score: int | None
    by: str
    why: str
    mark: Mark
    cause: str


def mark_of(snapshot: HealthSnapshot) -> Mark:
    band = Band(snapshot.band)
    return Mark(
        words=str(BAND_WORDS[band]),
        tone=TONES[band],
        score=round(snapshot.points) if snapshot.points is not None and snapshot.is_sufficient else None,
        why=_why(snapshot),
    )


def _why(snapshot: HealthSnapshot) -> str:
    if snapshot.override is not None:
        return _("Somebody said so, whatever the score.")
    if not snapshot.is_sufficient:
        return _("Only %(share)s%% of what counts is known.") % {"share": _percent(snapshot.coverage)}
    if snapshot.capped_by:
        names = ", ".join(measure_words(key) for key in snapshot.capped_by)
        return _("No better while this is red: %(measures)s.") % {"measures": names}
    return ""


def measure_rows(snapshot: HealthSnapshot) -> list[MeasureRow]:
    """The measures of its card, those that weigh most first."""
    found = snapshot.found
    gives, applying = whole_parts(found.contributions), _applying(snapshot)
    by_weight = sorted(found.card.measures.items(), key=lambda one: (-one[1].weight, one[0]))
    return [
        MeasureRow(
            words=measure_words(key),
            reading=reading_words(key, snapshot.read.get(key, MISSING)),
            standing=str(STANDING_WORDS[found.measures[key].standing]),
            is_known=key in found.known,
            points=_rounded(found.measures[key].points),
            weight=round(100 * measure.weight / applying) if key in found.measures and applying else 0,
            gives=signed(Fraction(gives[key])) if key in gives else "",
            caps=key in snapshot.capped_by,
        )
        for key, measure in by_weight
        if found.measures[key].standing is not Standing.NOT_APPLICABLE
    ]


def _applying(snapshot: HealthSnapshot) -> Fraction:
    found = snapshot.found
    weights = [
        measure.weight
        for key, measure in found.card.measures.items()
        if found.measures[key].standing is not Standing.NOT_APPLICABLE
    ]
    return sum(weights, Fraction(0))


def moves_of(snapshots: Iterable[HealthSnapshot]) -> list[Move]:
    """The looks, newest first, at which the score moved by what shows, or the band moved."""
    moved = (_move(one) for one in snapshots)
    return [move for move in moved if move is not None][:MOVES_SHOWN]


def _move(snapshot: HealthSnapshot) -> Move | None:
    change, cause = snapshot.why, snapshot.moved_by
    by = signed(change.whole) if change is not None else ""
    why = change_words(change) if change is not None else ""
    if cause is None and (by in {"", "0"}) and not why:
        return None
    mark = mark_of(snapshot)
    return Move(
        at=snapshot.as_of,
        score=mark.score,
        by=by,
        why=why,
        mark=mark,
        cause=str(CAUSE_WORDS[cause]) if cause else "",
    )


def history_chart(snapshots: Sequence[HealthSnapshot]) -> Chart | None:
    """The score by day, oldest first; None where there are fewer than two."""
    days = {one.as_of.date(): one.points for one in snapshots}
    known = [(day, points) for day, points in sorted(days.items()) if points is not None]
    if len(known) < 2:
        return None
    first, last = known[0][1], known[-1][1]
    words = Words(
        title=_("The score"),
        summary=_("%(last)s now, %(first)s on %(day)s.")
        % {"last": round(last), "first": round(first), "day": known[0][0]},
        across=_("Day"),
        up=_("Score"),
    )
    return line_over_days([(day, "", points) for day, points in sorted(days.items())], words)


def together_of(whole: Whole | None, who: User) -> Together | None:
    """What the reader is told of an account together with those below it."""
    if whole is None:
        return None
    left_out = accounts_visible_to(who).filter(pk__in=whole.missing).order_by("name", "pk")
    return Together(
        mark=Mark(
            words=str(BAND_WORDS[whole.band]),
            tone=TONES[whole.band],
            score=_rounded(whole.score),
        ),
        way=str(dict(WAYS)[whole.way.value]),
        left_out=[one.name for one in left_out],
    )


def marks_of(snapshots: Iterable[HealthSnapshot]) -> dict[int, Mark]:
    """The mark of each account."""
    return {one.account_id: mark_of(one) for one in snapshots}


def _rounded(points: Fraction | None) -> int | None:
    return round(points) if points is not None else None


def _percent(share: str) -> int:
    return round(100 * Fraction(share))


def shown_with(snapshots: Any) -> Any:
    """With all that a mark and its measures are told from."""
    return snapshots.select_related("version", "override")
