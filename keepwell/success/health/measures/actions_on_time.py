"""The share of road-map actions done in time: of those that came due in the 90 days before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from fractions import Fraction

from django.db.models import Count, F, Q

from keepwell.success.health.scoring import Reading
from keepwell.success.road_maps.models import ActionItem
from keepwell.success.road_maps.states import ActionState

LOOKS_BACK = timedelta(days=90)


def read(accounts: Sequence[int], as_of: datetime) -> Mapping[int, Reading]:
    """Does not apply where nothing came due; what was dropped counts for nothing."""
    today = as_of.date()
    rows = (
        ActionItem.objects.filter(
            road_map__account__in=accounts, due_on__lt=today, due_on__gte=today - LOOKS_BACK
        )
        .exclude(state=ActionState.DROPPED.value)
        .order_by()
        .values_list("road_map__account")
        .annotate(of=Count("pk"), in_time=Count("pk", filter=Q(done_on__lte=F("due_on"))))
    )
    counted = {account: Fraction(in_time, of) for account, of, in_time in rows}
    return {
        account: Reading(value=counted[account], read_at=as_of)
        if account in counted
        else Reading(applies=False)
        for account in accounts
    }
