"""Who looks after an account is set straight, as long as nothing would stay behind with whoever did."""

from __future__ import annotations

from datetime import datetime

from keepwell.customers.models import Account, Stewardship
from keepwell.customers.verbs.stewarding import appoint_steward, relieve_steward
from keepwell.journal.recording import Actor
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.people import permits
from keepwell.people.models import User
from keepwell.success.portfolios.open_things import open_things
from keepwell.success.portfolios.refusals import HasOpenThings


@all_or_nothing()
def set_steward(
    account: Account, user: User | None, kind: str, *, by: Actor, at: datetime | None = None
) -> None:
    """This one of our people looks after the account in this way from now on, or nobody does.

    Effects: steward.appointed or steward.relieved, where it was otherwise. Errors: HasOpenThings, for then it
    is handed over; StewardRefused; NotPermitted.
    """
    permits.require(by, "account.edit")
    lock(account)
    now = account.stewardships.filter(kind=Stewardship.Kind(kind), to_at__isnull=True).first()
    if now and now.user != user and (left := open_things(account, now.user, kind)):
        raise HasOpenThings(now.user, len(left))
    if user:
        appoint_steward(account, user, kind, by=by, at=at)
    else:
        relieve_steward(account, kind, by=by, at=at)
