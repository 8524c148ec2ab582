"""How an account counts together with those below it."""

from __future__ import annotations

from datetime import datetime

from keepwell.customers.models import Account
from keepwell.journal.recording import Actor, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.people import permits
from keepwell.success.health.models import RollUp
from keepwell.success.health.rolling_up import Way


@all_or_nothing()
def declare_roll_up(account: Account, way: str, *, by: Actor, at: datetime | None = None) -> None:
    """From now on it counts in this way; the same again is no news. Effects: health.roll_up_declared.

    Errors: NotPermitted; ValueError for another way.
    """
    permits.require(by, "health.judge")
    wanted = Way(way)
    lock(account)
    before = RollUp.objects.filter(account=account).values_list("way", flat=True).first() or Way.WORST
    if before == wanted:
        return
    RollUp.objects.update_or_create(account=account, defaults={"way": wanted.value})
    facts = {"way": wanted.value}
    record(
        "health.roll_up_declared",
        by=by,
        at=clock.instant(at),
        subjects=[("account", account.pk)],
        facts=facts,
    )
