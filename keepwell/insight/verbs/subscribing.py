"""Having the report of promises mailed to oneself, and no longer."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from keepwell.insight.models import Subscription
from keepwell.journal.recording import Actor, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.people import permits
from keepwell.people.models import User
from keepwell.service_levels.measuring import Narrowing

PERMIT = "insight.see"
# What a guideline's figures are narrowed by, and a report is not.
NOT_OF_A_REPORT = ("account", "cases")


@all_or_nothing()
def subscribe(rhythm: str, narrowing: Narrowing, *, by: User, at: datetime | None = None) -> Subscription:
    """From now on the report comes in this rhythm, narrowed so; the same again is no news.

    Effects: report.subscribed. Errors: NotPermitted.
    """
    permits.require(by, PERMIT)
    at = clock.instant(at)
    wanted = {name: value for name, value in asdict(narrowing).items() if name not in NOT_OF_A_REPORT}
    ids = {f"{name}_id": wanted.pop(name) for name in ("product", "team")}
    found, is_new = Subscription.objects.get_or_create(
        user=by, rhythm=rhythm, ended_at=None, **wanted, **ids, defaults={"began_at": at}
    )
    if is_new:
        _record("report.subscribed", found, by, at)
    return found


@all_or_nothing()
def unsubscribe(subscription: Subscription, *, by: Actor, at: datetime | None = None) -> None:
    """It comes no more; ended again it is no news. Effects: report.unsubscribed. Errors: NotPermitted."""
    if by.actor_ref != ("person", subscription.user_id):
        permits.require(by, "settings.people")
    at = clock.instant(at)
    if Subscription.objects.filter(pk=subscription.pk, ended_at=None).update(ended_at=at):
        _record("report.unsubscribed", subscription, by, at)


def _record(kind: str, subscription: Subscription, by: Actor, at: datetime) -> None:
    about = [("person", subscription.user_id)]
    record(kind, by=by, at=at, subjects=about, facts={"subscription": subscription.pk})
