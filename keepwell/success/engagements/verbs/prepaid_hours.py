"""The minutes of an engagement are taken from hours that the customer paid for ahead."""

from __future__ import annotations

from datetime import datetime

from keepwell.contracts.models import Contract, HoursEntry
from keepwell.contracts.new_contract import Cause, Use
from keepwell.contracts.prepaid import Line
from keepwell.contracts.verbs.using_hours import use_hours
from keepwell.journal.recording import Actor
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.success.engagements.models import Engagement, State
from keepwell.success.engagements.proposing import zone_of
from keepwell.success.engagements.refusals import NotNow, NotOfThisAccount

CAUSE = "engagement"


@all_or_nothing()
def take_from_prepaid(
    engagement: Engagement, contract: Contract, *, by: Actor, at: datetime | None = None
) -> HoursEntry | None:
    """What counts of it is gone from the contract year of the day it was held; once, however often asked.

    None where no minute counts. Effects: hours.used. Errors: NotNow before it is closed; NotOfThisAccount;
    HoursGone, HoursRefused; NotPermitted.
    """
    lock(engagement)
    if engagement.state != State.CLOSED or engagement.starts_at is None:
        raise NotNow(engagement)
    if contract.account_id != engagement.account_id:
        raise NotOfThisAccount
    taken = HoursEntry.objects.filter(cause_kind=CAUSE, cause_id=engagement.pk, line=Line.USED)
    if standing := taken.filter(reversed_by__isnull=True).first():
        return standing
    if not engagement.minutes_used:
        return None
    on = engagement.starts_at.astimezone(zone_of(engagement.account)).date()
    use = Use(minutes=engagement.minutes_used, on=on, cause=Cause(kind=CAUSE, id=engagement.pk))
    return use_hours(contract, use, by=by, at=at)
