"""What health came to: the last snapshot, and how far it lies below the one so many days before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from fractions import Fraction

from keepwell.success.health.models import HealthSnapshot
from keepwell.success.signals.grammar import BANDS, Asked
from keepwell.success.signals.holding import Reading

# Accounts are looked at every night: what was seen longer ago is not how it is.
GOOD_FOR = timedelta(days=7)
BAND, SCORE = "health.band", "health.score"
FELL = {"health.band_fell": BAND, "health.score_fell": SCORE}


def read(
    accounts: Sequence[int], as_of: datetime, asked: Collection[Asked]
) -> Mapping[int, Mapping[Asked, Reading]]:
    """One query for now, and one for each number of days that is asked for."""
    now = _seen(accounts, as_of)
    before = {days: _seen(accounts, as_of - timedelta(days=days)) for days in _windows(asked)}
    found: dict[int, dict[Asked, Reading]] = defaultdict(dict)
    for account, snapshot in now.items():
        for one in asked:
            then = before[one.within_days].get(account) if one.within_days is not None else None
            value = _value(one.reading, snapshot, then)
            ids = (snapshot.pk, then.pk) if then is not None else (snapshot.pk,)
            found[account][one] = Reading(value=value, ids=ids)
    return found


def _windows(asked: Collection[Asked]) -> set[int]:
    return {one.within_days for one in asked if one.within_days is not None}


def _seen(accounts: Sequence[int], at: datetime) -> dict[int, HealthSnapshot]:
    rows = HealthSnapshot.objects.standing().filter(
        account__in=accounts, as_of__lte=at, as_of__gt=at - GOOD_FOR
    )
    newest = rows.order_by("account_id", "-as_of", "-pk").distinct("account_id")
    return {row.account_id: row for row in newest.only("account", "as_of", "band", "points")}


def _value(reading: str, now: HealthSnapshot, then: HealthSnapshot | None) -> Fraction | None:
    if reading not in FELL:
        return _of(reading, now)
    was = _of(FELL[reading], then) if then is not None else None
    is_now = _of(FELL[reading], now)
    return max(was - is_now, Fraction(0)) if was is not None and is_now is not None else None


def _of(what: str, snapshot: HealthSnapshot) -> Fraction | None:
    """None where too little was known."""
    if what == BAND:
        return Fraction(BANDS.index(snapshot.band)) if snapshot.band in BANDS else None
    return Fraction(snapshot.points) if snapshot.points is not None else None
