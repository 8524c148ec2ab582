"""Questions about health: who is looked at, by which card, and who may see it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db.models import Min, Q, QuerySet

from keepwell.customers.models import Account, Lifecycle, Stewardship
from keepwell.customers.queries import sees_all
from keepwell.journal.kinds import all_kinds
from keepwell.journal.models import Entry
from keepwell.success.health.choosing import CardFor
from keepwell.success.health.models import BandOverride, ScorecardVersion, Sentiment

NOUNS = frozenset({"scorecard", "health", "sentiment"})


def live_accounts(on: date) -> QuerySet[Account]:
    """Those that are live, with `live_on`, the first day that something of theirs was."""
    running = Q(deployments__retired_at__isnull=True, deployments__live_on__lte=on)
    rows = Account.objects.filter(lifecycle=Lifecycle.LIVE)
    return rows.annotate(live_on=Min("deployments__live_on", filter=running)).filter(live_on__isnull=False)


def cards_in_force() -> list[CardFor]:
    """The newest version of each scorecard."""
    rows = ScorecardVersion.objects.select_related("scorecard").order_by("scorecard_id", "-number")
    return [
        CardFor(
            version=row.pk,
            segment=row.scorecard.segment,
            from_days=row.scorecard.from_days,
            card=row.card,
        )
        for row in rows.distinct("scorecard_id")
    ]


def overrides_of(accounts: Iterable[int], *, at: datetime) -> dict[int, BandOverride]:
    """What people say of these accounts' bands at an instant."""
    rows = BandOverride.objects.filter(account__in=accounts, set_at__lte=at, expires_at__gt=at)
    standing = rows.filter(Q(ended_at__isnull=True) | Q(ended_at__gt=at))
    return {row.account_id: row for row in standing.order_by("set_at", "pk")}


def override_of(account: Account, *, at: datetime) -> BandOverride | None:
    return overrides_of([account.pk], at=at).get(account.pk)


def sentiments_of(accounts: Iterable[int], actor: Any) -> dict[int, Sentiment]:
    """What those who look after these accounts now said last since they do. Two queries."""
    stewards = Stewardship.objects.filter(account__in=accounts, to_at__isnull=True)
    since = {(row.account_id, row.user_id): row.from_at for row in stewards}
    rows = Sentiment.objects.visible_to(actor).filter(
        account__in=accounts, by__in={user for _, user in since}
    )
    newest = (
        rows.select_related("by")
        .order_by("account_id", "by_id", "-said_at", "-pk")
        .distinct("account_id", "by_id")
    )
    said = sorted(newest, key=lambda one: (one.said_at, one.pk))
    return {
        one.account_id: one
        for one in said
        if (from_at := since.get((one.account_id, one.by_id))) and one.said_at >= from_at
    }


def visible_entries(actor: Any) -> QuerySet[Entry]:
    """For staff alone: no customer reads what is thought of him."""
    entries = Entry.objects.of_kinds(own_kinds())
    return entries if sees_all(actor, "health.see") else entries.none()


def own_kinds() -> tuple[str, ...]:
    return tuple(kind.name for kind in all_kinds() if kind.slice_name in NOUNS)
