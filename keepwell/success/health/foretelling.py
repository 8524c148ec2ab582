"""Whether health foretold how renewals ended: each with what its last snapshot said so many days before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from typing import Any

from django.db.models import DateTimeField, ExpressionWrapper, F, OuterRef, QuerySet, Subquery

from keepwell.contracts.models import Renewal as Decided
from keepwell.contracts.queries import decided_renewals
from keepwell.success.health.back_test import Renewal
from keepwell.success.health.cards import Band
from keepwell.success.health.models import HealthSnapshot
from keepwell.success.health.usual import TREND

LOST = "lost"
# Who was red for longer than this before the end is counted as red for this long.
WARNED_WITHIN = timedelta(days=400)


def renewals_foretold(*, days_before: int, segment: str = "") -> list[Renewal]:
    """Every renewal that was decided, of all accounts or of a segment's, the first to end first.

    Where nothing was seen of the account so long before, its band is that of too little known. Three queries.
    """
    rows: QuerySet[Any] = decided_renewals()
    if segment:
        rows = rows.filter(term__contract__account__segment=segment)
    before = ExpressionWrapper(F("term__ends_on") - timedelta(days=days_before), output_field=DateTimeField())
    seen = HealthSnapshot.objects.standing().filter(
        account=OuterRef("term__contract__account"), as_of__lt=OuterRef("looked_at")
    )
    decided = list(
        rows.annotate(looked_at=before).annotate(
            seen=Subquery(seen.order_by("-as_of", "-pk").values("pk")[:1])
        )
    )
    snapshots = HealthSnapshot.objects.in_bulk([one.seen for one in decided if one.seen])
    warned = _warned_days([one for one in decided if one.outcome == LOST])
    return [_foretold(one, snapshots.get(one.seen), warned.get(one.pk)) for one in decided]


def _foretold(decided: Any, snapshot: HealthSnapshot | None, warned_days: int | None) -> Renewal:
    trend = snapshot.read.get(TREND) if snapshot else None
    return Renewal(
        band=Band(snapshot.band) if snapshot else Band.INSUFFICIENT,
        score=Fraction(snapshot.score) if snapshot and snapshot.score is not None else None,
        trend=trend.value if trend else None,
        is_lost=decided.outcome == LOST,
        warned_days=warned_days,
    )


def _warned_days(lost: Sequence[Decided]) -> dict[int, int | None]:
    """How long before its end each was red without a break; None where it was not red at the end."""
    bands = _bands_of([one.term.contract.account_id for one in lost], lost)
    return {one.pk: _red_for(bands.get(one.term.contract.account_id, []), one.term.ends_on) for one in lost}


def _bands_of(accounts: Iterable[int], lost: Sequence[Decided]) -> Mapping[int, list[tuple[datetime, str]]]:
    if not lost:
        return {}
    since = datetime.combine(min(one.term.ends_on for one in lost), time(), UTC) - WARNED_WITHIN
    rows = HealthSnapshot.objects.standing().filter(account__in=list(accounts), as_of__gte=since)
    found: dict[int, list[tuple[datetime, str]]] = {}
    for account, as_of, band in rows.order_by("as_of", "pk").values_list("account", "as_of", "band"):
        found.setdefault(account, []).append((as_of, band))
    return found


def _red_for(bands: Sequence[tuple[datetime, str]], ends_on: date) -> int | None:
    first: date | None = None
    for as_of, band in reversed([one for one in bands if one[0].date() < ends_on]):
        if band != Band.RED:
            break
        first = as_of.date()
    return (ends_on - first).days if first else None
