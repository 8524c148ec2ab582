"""The share of support promises kept: of those that were decided in the 90 days before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from fractions import Fraction

from django.db.models import Count, Q
from django.db.models.functions import Coalesce

from keepwell.service_levels import clock_state
from keepwell.service_levels.models import Clock
from keepwell.success.health.scoring import Reading

LOOKS_BACK = timedelta(days=90)


def read(accounts: Sequence[int], as_of: datetime) -> Mapping[int, Reading]:
    """Kept of all that were kept or missed; does not apply where none was: nothing was asked for."""
    rows = (
        Clock.objects.filter(case__account__in=accounts)
        .exclude(state=clock_state.VOID)
        .annotate(decided_at=Coalesce("missed_at", "stopped_at"))
        .filter(decided_at__gt=as_of - LOOKS_BACK, decided_at__lte=as_of)
        .order_by()
        .values_list("case__account")
        .annotate(of=Count("pk"), kept=Count("pk", filter=Q(missed_at__isnull=True)))
    )
    counted = {account: Fraction(kept, of) for account, of, kept in rows}
    return {
        account: Reading(value=counted[account], read_at=as_of)
        if account in counted
        else Reading(applies=False)
        for account in accounts
    }
