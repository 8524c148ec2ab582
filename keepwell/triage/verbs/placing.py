"""A case finds its account."""

from __future__ import annotations

from datetime import datetime

from keepwell.cases.locking import lock
from keepwell.cases.models import Case
from keepwell.cases.verbs import placing
from keepwell.cases.verbs.placing import Placement
from keepwell.customers.models import Account, Contact
from keepwell.customers.verbs.changing import place_contact
from keepwell.journal.recording import Actor, caused_by
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.people import permits


@all_or_nothing()
def place(
    case: Case,
    account: Account,
    *,
    contact: Contact | None = None,
    seen: int | None = None,
    by: Actor,
    at: datetime | None = None,
) -> Case:
    """The case belongs to the account, and so does its sender if he had none: what he sends next is placed.

    `contact` is the person of that account whose case it is, where it was sent from an address of his that
    we did not know; None: whoever sent it. An unverified sender stays unverified: that is another question.
    Effects: case.placed; contact.placed. Errors: CaseRefused, CaseHasChanged, NotPermitted.
    """
    permits.require(by, "triage.place")
    at = clock.instant(at)
    with caused_by():
        locked = lock(case, seen=seen)
        whose = contact or locked.contact
        placed = placing.place(locked, Placement(account=account, contact=whose), by=by, at=at)
        if whose.account_id is None:
            place_contact(whose, account, by=by, at=at)
        return placed
