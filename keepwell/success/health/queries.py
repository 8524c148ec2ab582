"""Questions about health: who is looked at, by which card, and who may see it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from django.db.models import Min, Q, QuerySet

from keepwell.contracts.queries import seats_of_many, yearly_cents_of_many
from keepwell.customers.models import Account, Lifecycle, Stewardship
from keepwell.customers.queries import accounts_visible_to, sees_all, with_all_below
from keepwell.journal.kinds import all_kinds
from keepwell.journal.models import Entry
from keepwell.success.health.cards import Band
from keepwell.success.health.choosing import CardFor
from keepwell.success.health.models import (
    BandOverride,
    HealthSnapshot,
    RollUp,
    ScorecardVersion,
    Sentiment,
)
from keepwell.success.health.rolling_up import Part, Way, Whole, rolled_up

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


def roll_up_of(account: Account, actor: Any, *, on: date) -> Whole | None:
    """How the account and all that the actor may see below it are together; None where there is none below.

    Of live accounts, each by its newest look. A constant number of queries.
    """
    below = accounts_visible_to(actor).filter(pk__in=with_all_below(account).values("pk"))
    live = live_accounts(on).filter(pk__in=below.values("pk"))
    ids = list(live.order_by("pk").values_list("pk", flat=True))
    if not [pk for pk in ids if pk != account.pk]:
        return None
    way = Way(RollUp.objects.filter(account=account).values_list("way", flat=True).first() or Way.WORST)
    newest = {row.account_id: row for row in HealthSnapshot.objects.visible_to(actor).newest_of(ids)}
    weights = _weights(ids, way, on)
    return rolled_up([_part(pk, newest.get(pk), weights.get(pk)) for pk in ids], way)


def _part(account: int, seen: HealthSnapshot | None, weight: int | None) -> Part:
    is_known = seen is not None and seen.is_sufficient and seen.score is not None
    return Part(
        account=account,
        band=Band(seen.band) if seen else Band.INSUFFICIENT,
        score=Fraction(seen.score) if seen and is_known and seen.score else None,
        weight=weight,
    )


def _weights(accounts: list[int], way: Way, on: date) -> dict[int, int]:
    """What each weighs; those that cannot be are left out. Revenue is in the currency that most pay."""
    if way is Way.SEATS:
        return seats_of_many(accounts, on)
    if way is Way.REVENUE:
        paid = yearly_cents_of_many(accounts, on)
        most = Counter(currency for sums in paid.values() for currency in sums).most_common(1)
        return {pk: sums[most[0][0]] for pk, sums in paid.items() if most and most[0][0] in sums}
    return {}


def visible_entries(actor: Any) -> QuerySet[Entry]:
    """For staff alone: no customer reads what is thought of him."""
    entries = Entry.objects.of_kinds(own_kinds())
    return entries if sees_all(actor, "health.see") else entries.none()


def own_kinds() -> tuple[str, ...]:
    return tuple(kind.name for kind in all_kinds() if kind.slice_name in NOUNS)
