"""Opening an account."""

from __future__ import annotations

from datetime import datetime

from keepwell.customers.checking import checked_details, checked_name
from keepwell.customers.details import AccountDetails
from keepwell.customers.models import Account, Lifecycle
from keepwell.journal.recording import Actor, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.people import permits


@all_or_nothing()
def open_account(
    name: str,
    details: AccountDetails | None = None,
    *,
    by: Actor,
    parent: Account | None = None,
    lifecycle: str = Lifecycle.IMPLEMENTING,
    at: datetime | None = None,
) -> Account:
    """A customer we look after from now on. Effects: account.opened.

    Errors: AccountRefused for no name, a number that another account has, or an unknown time zone.
    """
    permits.require(by, "account.edit")
    at = clock.instant(at)
    known = checked_details(details or AccountDetails())
    account = Account.objects.create(
        name=checked_name(name),
        lifecycle=Lifecycle(lifecycle),
        parent=parent,
        opened_at=at,
        reference=known.reference,
        segment=known.segment,
        region=known.region,
        time_zone=known.time_zone,
    )
    record(
        "account.opened",
        by=by,
        at=at,
        subjects=[("account", account.pk)],
        facts={"lifecycle": str(account.lifecycle), "parent": account.parent_id},
    )
    return account
