"""How often an account is met in one way, and that one such meeting is always ahead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from keepwell.customers.models import Account
from keepwell.journal.recording import Actor, Subject, caused_by, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.people import permits
from keepwell.people.actors import System
from keepwell.success.engagements.checking import checked_minutes
from keepwell.success.engagements.models import AHEAD, Cadence, Engagement, Kind, Origin, State
from keepwell.success.engagements.new_engagement import DEFAULT_MINUTES, NewEngagement
from keepwell.success.engagements.proposing import zone_of
from keepwell.success.engagements.queries import HOLDS
from keepwell.success.engagements.recurring import checked_rule, next_on
from keepwell.success.engagements.verbs.beginning import begin, require_holder
from keepwell.success.engagements.verbs.ending import cancel

if TYPE_CHECKING:
    from keepwell.people.models import User

BY = System("cadences")
DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class NewCadence:
    """`rule` is one of RFC 5545, read from `starts_on`, which is about when the first is to be."""

    kind: str
    rule: str
    starts_on: date
    host: User
    lasts_minutes: int = DEFAULT_MINUTES


@all_or_nothing()
def set_cadence(account: Account, new: NewCadence, *, by: Actor, at: datetime | None = None) -> Cadence:
    """The account is met so from now on, in place of the cadence of this kind before; the next is proposed.

    What was scheduled by the one before stays and is the one ahead; what had no time yet is called off.
    Effects: cadence.set, engagement.begun; cadence.ended. Errors: RuleRefused, NotSomebodyWhoHolds.
    """
    permits.require(by, HOLDS)
    require_holder(new.host)
    lock(account)
    rule, at, kind = checked_rule(new.rule, new.starts_on), clock.instant(at), Kind(new.kind)
    minutes = checked_minutes(new.lasts_minutes)
    with caused_by():
        for before in Cadence.objects.filter(account=account, kind=kind, ended_at=None):
            end_cadence(before, by=by, at=at)
        cadence = Cadence.objects.create(
            account=account,
            kind=kind,
            rule=rule,
            starts_on=new.starts_on,
            lasts_minutes=minutes,
            host=new.host,
            set_at=at,
        )
        facts = {"cadence": cadence.pk, "kind": kind.value, "starts_on": new.starts_on.isoformat()}
        record("cadence.set", by=by, at=at, subjects=_subjects(cadence), facts=facts)
        plan_next(cadence, at=at)
    return cadence


@all_or_nothing()
def end_cadence(cadence: Cadence, *, by: Actor, at: datetime | None = None) -> None:
    """No more is planned; what is scheduled takes place. Done twice it does nothing more.

    Effects: cadence.ended; engagement.cancelled for one without a time.
    """
    permits.require(by, HOLDS)
    lock(cadence)
    if cadence.ended_at is not None:
        return
    cadence.ended_at = clock.instant(at)
    cadence.save(update_fields=["ended_at"])
    with caused_by():
        facts = {"cadence": cadence.pk}
        record("cadence.ended", by=by, at=cadence.ended_at, subjects=_subjects(cadence), facts=facts)
        for engagement in cadence.engagements.filter(state__in=AHEAD).exclude(state=State.SCHEDULED):
            cancel(engagement, by=by, at=cadence.ended_at)


@all_or_nothing()
def give_cadence(cadence: Cadence, host: User, *, by: Actor, at: datetime | None = None) -> None:
    """Somebody else holds what comes of it; what is planned already stays with whoever holds it.

    The same person again is no news. Effects: cadence.given. Errors: NotSomebodyWhoHolds, NotPermitted.
    """
    permits.require(by, HOLDS)
    require_holder(host)
    lock(cadence)
    if cadence.host_id != host.pk:
        cadence.host = host
        cadence.save(update_fields=["host"])
        facts = {"cadence": cadence.pk, "host": host.pk}
        record("cadence.given", by=by, at=clock.instant(at), subjects=_subjects(cadence), facts=facts)


@all_or_nothing()
def plan_next(cadence: Cadence, *, at: datetime | None = None) -> Engagement | None:
    """The next is proposed, if none is ahead; gives it. Its day is the first of the rule after the last one.

    The last one counts on the day it was held or was to be held, however often it was moved, and days that
    have gone by are not made up for. Effects: engagement.begun.
    """
    at = clock.instant(at)
    lock(cadence)
    if cadence.ended_at is not None or cadence.engagements.filter(state__in=AHEAD).exists():
        return None
    wanted_on = _next_day(cadence, at)
    if wanted_on is None or not cadence.host.is_staff_member or not permits.may(cadence.host, HOLDS):
        return None
    new = NewEngagement(
        kind=cadence.kind,
        origin=Origin.CADENCE,
        origin_id=cadence.pk,
        host=cadence.host,
        wanted_on=wanted_on,
        lasts_minutes=cadence.lasts_minutes,
    )
    return begin(cadence.account, new, by=BY, at=at)


def without_one_ahead() -> list[Cadence]:
    """Cadences of which nothing is planned, for whatever reason."""
    rows = Cadence.objects.filter(ended_at=None).select_related("account", "host")
    ahead = Engagement.objects.filter(state__in=AHEAD, cadence__isnull=False).values("cadence")
    return list(rows.exclude(pk__in=ahead).order_by("pk"))


def _next_day(cadence: Cadence, at: datetime) -> date | None:
    zone = zone_of(cadence.account)
    today = at.astimezone(zone).date()
    last = cadence.engagements.order_by("-begun_at", "-pk").first()
    if last is None:
        return next_on(cadence.rule, cadence.starts_on, after=max(cadence.starts_on, today) - DAY)
    was_on = last.starts_at.astimezone(zone).date() if last.starts_at else last.wanted_on
    planned_on = last.wanted_on or was_on
    # Moved forward it is not met again on the very day that it was moved from.
    after = max(day for day in (was_on, planned_on, today - DAY) if day is not None)
    return next_on(cadence.rule, cadence.starts_on, after=after)


def _subjects(cadence: Cadence) -> list[Subject]:
    return [("cadence", cadence.pk), ("account", cadence.account_id), ("person", cadence.host_id)]
