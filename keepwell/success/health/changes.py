"""Why an account's score moved, in parts that add up to the change exactly; and why its band did.

In this order: *version*, the old readings under the new card; *coverage*, the measures that became known or
unknown, the others at their old readings; *measures*, each reading's change times its new share.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from keepwell.success.health.bands import Banded
from keepwell.success.health.scoring import Evaluation, Reading, Scored, evaluate, evaluation


@dataclass(frozen=True, kw_only=True)
class Looked:
    """What was read, and when it was looked at; `found` is what the card of that day said of it."""

    readings: Mapping[str, Reading]
    at: datetime
    found: Evaluation


@dataclass(frozen=True, kw_only=True)
class Change:
    """`version` + `coverage` + the sum of `measures` is the change of the score.

    `became_known` and `became_unknown` are the measures that `coverage` is about.
    """

    version: Fraction
    coverage: Fraction
    measures: Mapping[str, Fraction]
    became_known: frozenset[str]
    became_unknown: frozenset[str]

    @property
    def whole(self) -> Fraction:
        return self.version + self.coverage + sum(self.measures.values(), Fraction(0))


class Cause(StrEnum):
    """What moved a band."""

    SCORE = "score"
    CRITICAL_CAP = "critical_cap"
    HYSTERESIS = "hysteresis"
    COVERAGE = "coverage"
    OVERRIDE_SET = "override_set"
    OVERRIDE_EXPIRED = "override_expired"


def looked(readings: Mapping[str, Reading], found: Evaluation, *, at: datetime) -> Looked:
    return Looked(readings=readings, at=at, found=found)


def change_of(before: Looked, after: Looked) -> Change | None:
    """Why the score moved from one to the other; None where either of them has no score.

    Where the new card knows nothing of what was read before, all of it is coverage.
    """
    old, new = before.found, after.found
    if old.score is None or new.score is None:
        return None
    seen_anew = evaluate(new.card, before.readings, as_of=before.at)
    start = old.score if seen_anew.score is None else seen_anew.score
    both = seen_anew.known & new.known
    middle = _score_of(new, {key: seen_anew.measures[key] for key in both})
    shares = new.shares
    return Change(
        version=start - old.score,
        coverage=middle - start,
        measures={
            key: shares[key] * (_points(new.measures[key]) - _points(seen_anew.measures[key])) for key in both
        },
        became_known=new.known - seen_anew.known,
        became_unknown=seen_anew.known - new.known,
    )


def cause_of(before: Banded, after: Banded) -> Cause | None:
    """What moved the band; None where it did not move."""
    if before.band == after.band:
        return None
    if before.override != after.override:
        return Cause.OVERRIDE_SET if after.override else Cause.OVERRIDE_EXPIRED
    if before.is_sufficient != after.is_sufficient:
        return Cause.COVERAGE
    if before.remembered == after.remembered:
        return Cause.CRITICAL_CAP
    if before.plain == after.plain:
        return Cause.HYSTERESIS
    return Cause.SCORE


def _score_of(new: Evaluation, old_points: Mapping[str, Scored]) -> Fraction:
    """The score of what is known now, with the old points of what was known then."""
    found = evaluation(new.card, {**new.measures, **old_points}).score
    assert found is not None, "whoever asks knows that something is known"
    return found


def _points(scored: Scored) -> Fraction:
    assert scored.points is not None, "asked of known measures alone"
    return scored.points
