"""Looking at how accounts are, every day and whenever somebody asks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from keepwell.customers.models import Account
from keepwell.journal.recording import Actor, caused_by, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock_key
from keepwell.kit.refusals import Refused
from keepwell.success.health.assessing import Assessment, Before, assess
from keepwell.success.health.choosing import CardFor, card_for
from keepwell.success.health.measures import readings_of
from keepwell.success.health.models import BandOverride, HealthSnapshot
from keepwell.success.health.queries import cards_in_force, live_accounts, overrides_of
from keepwell.success.health.scoring import Reading
from keepwell.success.health.verbs.publishing import publish_usual_cards
from keepwell.success.health.writing import change_to, readings_to

# One statement writes so many.
AT_ONCE = 1_000


class NotLookedAt(Refused):
    """An account that no card is for; `str()` says why."""


@dataclass(frozen=True, kw_only=True)
class Sight:
    """One account as it is about to be looked at. `before` and `override` are None where there is none."""

    account: int
    card: CardFor
    readings: Mapping[str, Reading]
    before: HealthSnapshot | None
    override: BandOverride | None

    def assessed(self, as_of: datetime) -> Assessment:
        before = Before(looked=self.before.looked, banded=self.before.banded) if self.before else None
        return assess(
            self.card.card,
            self.readings,
            as_of=as_of,
            before=before,
            override=self.override.said if self.override else None,
        )


@all_or_nothing()
def take_snapshots(*, as_of: datetime, by: Actor, at: datetime | None = None) -> list[HealthSnapshot]:
    """Every live account is looked at as of an instant; one that was, then or since, is not again.

    Effects: health.band_changed for each whose band moved; scorecard.published the first time.
    """
    lock_key("health")
    publish_usual_cards(by=by, at=at)
    # Between two looks none is put in: their changes would be counted twice.
    looked_at = HealthSnapshot.objects.filter(as_of__gte=as_of).values("account")
    return _taken(live_accounts(as_of.date()).exclude(pk__in=looked_at), as_of=as_of, by=by, at=at)


@all_or_nothing()
def take_snapshot(account: Account, *, by: Actor, at: datetime | None = None) -> HealthSnapshot:
    """The account is looked at now. Effects: health.band_changed. Errors: NotLookedAt."""
    at = clock.instant(at)
    lock_key("health")
    publish_usual_cards(by=by, at=at)
    taken = _taken(live_accounts(at.date()).filter(pk=account.pk), as_of=at, by=by, at=at)
    if not taken:
        raise NotLookedAt(_("Health is of accounts that are live, by a card that is for them."))
    return taken[0]


@all_or_nothing()
def take_again(account: Account, *, since: datetime, by: Actor, at: datetime | None = None) -> int:
    """Late data have come: what was seen of the account since an instant is worked out again, in its order.

    The old ones stay as they were seen, replaced by new ones; gives how many. Effects: health.recomputed.
    """
    at = clock.instant(at)
    lock_key("health")
    rows = HealthSnapshot.objects.standing().filter(account=account, as_of__gte=since)
    old = list(rows.select_related("version__scorecard", "override").order_by("as_of", "pk"))
    before = HealthSnapshot.objects.newest_of([account.pk], before=since)
    newest = before.select_related("version", "override").first()
    for one in old:
        newest = _again(one, newest, at)
    if old:
        facts = {"snapshots": len(old)}
        record("health.recomputed", by=by, at=at, subjects=[("account", account.pk)], facts=facts)
    return len(old)


def _taken(
    rows: Iterable[Account], *, as_of: datetime, by: Actor, at: datetime | None
) -> list[HealthSnapshot]:
    at = clock.instant(at)
    made = [_snapshot(sight, as_of, at) for sight in _sights(list(rows), as_of)]
    HealthSnapshot.objects.bulk_create(made, batch_size=AT_ONCE)
    with caused_by():
        for one in made:
            _tell(one, by=by, at=at)
    return made


def _sights(accounts: Sequence[Account], as_of: datetime) -> Iterable[Sight]:
    cards = cards_in_force()
    ids = [account.pk for account in accounts]
    read, overrides = readings_of(ids, as_of), overrides_of(ids, at=as_of)
    newest = HealthSnapshot.objects.newest_of(ids, before=as_of).select_related("version", "override")
    before = {one.account_id: one for one in newest}
    for account in accounts:
        live_days = (as_of.date() - account.live_on).days  # type: ignore[attr-defined]
        card = card_for(cards, segment=account.segment, live_days=live_days)
        if card is not None:
            yield Sight(
                account=account.pk,
                card=card,
                readings=read[account.pk],
                before=before.get(account.pk),
                override=overrides.get(account.pk),
            )


def _again(old: HealthSnapshot, before: HealthSnapshot | None, at: datetime) -> HealthSnapshot:
    """By the card and the override of then: what came late is the readings alone."""
    scorecard = old.version.scorecard
    card = CardFor(
        version=old.version_id,
        segment=scorecard.segment,
        from_days=scorecard.from_days,
        card=old.version.card,
    )
    sight = Sight(
        account=old.account_id,
        card=card,
        readings=readings_of([old.account_id], old.as_of)[old.account_id],
        before=before,
        override=old.override,
    )
    made = _snapshot(sight, old.as_of, at)
    made.replaces, made.version, made.override = old, old.version, old.override
    made.save(force_insert=True)
    return made


def _snapshot(sight: Sight, as_of: datetime, at: datetime) -> HealthSnapshot:
    found = sight.assessed(as_of)
    score, banded = found.found.score, found.banded
    return HealthSnapshot(
        account_id=sight.account,
        version_id=sight.card.version,
        as_of=as_of,
        made_at=at,
        readings=readings_to(sight.readings),
        score=str(score) if score is not None else None,
        points=Decimal(round(score * 100)) / 100 if score is not None else None,
        coverage=str(found.found.coverage),
        band=banded.band,
        plain=banded.plain or "",
        remembered=banded.remembered or "",
        capped_by=sorted(banded.capped_by),
        is_sufficient=banded.is_sufficient,
        override=sight.override if banded.override else None,
        before=sight.before,
        change=change_to(found.change) if found.change is not None else None,
        cause=found.cause or "",
    )


def _tell(made: HealthSnapshot, *, by: Actor, at: datetime) -> None:
    if made.before is None or not made.cause:
        return
    facts = {
        "snapshot": made.pk,
        "from_band": made.before.band,
        "to_band": made.band,
        "cause": made.cause,
    }
    record("health.band_changed", by=by, at=at, subjects=[("account", made.account_id)], facts=facts)
