"""What a snapshot says: of the readings, the card, and the snapshot before. Pure: the same gives the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from keepwell.success.health.bands import Banded, Override, banded
from keepwell.success.health.cards import Card
from keepwell.success.health.changes import Cause, Change, Looked, cause_of, change_of
from keepwell.success.health.scoring import Evaluation, Reading, evaluate


@dataclass(frozen=True, kw_only=True)
class Before:
    """The snapshot before: what it was looked at with, and the band that it came to."""

    looked: Looked
    banded: Banded


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """`change` is None for the first, and where one of two has no score; `cause` where the band stayed."""

    found: Evaluation
    banded: Banded
    change: Change | None
    cause: Cause | None


def assess(
    card: Card,
    readings: Mapping[str, Reading],
    *,
    as_of: datetime,
    before: Before | None,
    override: Override | None,
) -> Assessment:
    found = evaluate(card, readings, as_of=as_of)
    remembered = before.banded.remembered if before else None
    now = banded(found, before=remembered, override=override, at=as_of)
    looked = Looked(readings=readings, at=as_of, found=found)
    return Assessment(
        found=found,
        banded=now,
        change=change_of(before.looked, looked) if before else None,
        cause=cause_of(before.banded, now) if before else None,
    )
