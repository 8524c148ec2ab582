"""What is at stake with each guideline: worked out every few minutes, read in one query."""

from __future__ import annotations

from datetime import datetime

import numpy as np

from keepwell.service_levels.consequence import (
    WHOLE,
    Part,
    Promise,
    Stake,
    Stakes,
    chances_of_miss,
    stake_of,
    stakes_of,
)
from keepwell.service_levels.measuring import now_of
from keepwell.service_levels.models import AtStake, GuidelineVersion


def keep_stakes(*, at: datetime) -> int:
    """Works out what is at stake with every guideline that is watched, and keeps it; gives how many."""
    watched = GuidelineVersion.objects.filter(guideline__ended_at=None).select_related("policy")
    newest = list(watched.order_by("guideline", "-number").distinct("guideline"))
    for version in newest:
        stake = _stake_now(version, at)
        AtStake.objects.update_or_create(version=version, defaults={"as_of": at, **_columns(stake)})
    AtStake.objects.exclude(version__in=[version.pk for version in newest]).delete()
    return len(newest)


def known_stakes() -> Stakes:
    """As they were last kept; nothing is known before that. One query."""
    rows = AtStake.objects.select_related("version__guideline")
    return stakes_of([_as_kept(row) for row in rows.order_by("version")])


def _stake_now(version: GuidelineVersion, at: datetime) -> Stake:
    now = now_of(version, at=at)
    # A guideline watches one severity, or all together: the year's clocks are of one kind.
    chances = chances_of_miss(now.trailing.pooled)
    return stake_of(_promise(version), chances, now.budget, part=_part(version), window=version.window)


def _promise(version: GuidelineVersion) -> Promise:
    return Promise(version.policy_id, version.metric, version.severity)


def _part(version: GuidelineVersion) -> Part:
    return Part(version.product_id, version.segment, version.channel)


def _columns(stake: Stake) -> dict[str, object]:
    return {
        "expected": stake.expected,
        "allowed": stake.allowed,
        "left": stake.left,
        "chances": [round(float(chance), 6) for chance in stake.chances],
    }


def _as_kept(row: AtStake) -> Stake:
    part = _part(row.version)
    return Stake(
        promise=_promise(row.version),
        part=part,
        name="" if part == WHOLE else row.version.guideline.name,
        chances=np.array(row.chances, dtype=float),
        expected=row.expected,
        allowed=row.allowed,
        left=row.left,
        window=row.version.window,
    )
