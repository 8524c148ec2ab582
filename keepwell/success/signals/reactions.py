"""What signals do when something lower happened: owners change, and what cannot wait for the night."""

from __future__ import annotations

from datetime import timedelta

from procrastinate.contrib.django import app

from keepwell.cases.severities import Severity
from keepwell.customers.models import ContactRole
from keepwell.journal.models import Entry
from keepwell.journal.reacting import on
from keepwell.kit import clock
from keepwell.success.signals.verbs.handing_over import follow_stewards, leave_all
from keepwell.success.signals.verbs.handling import BY

LATELY = timedelta(days=1)
ROLES = (ContactRole.Kind.EXECUTIVE_SPONSOR, ContactRole.Kind.CHAMPION)


@on("case.opened", "case.severity_changed")
def a_high_case_is_looked_at_soon(entry: Entry) -> None:
    if Severity.HIGH.value in (entry.fact("severity"), entry.fact("to_severity")):
        _look_soon(entry)


@on("health.band_changed")
def what_somebody_saw_is_looked_at_soon(entry: Entry) -> None:
    """What the night saw is looked at after all of it is there."""
    if entry.actor_kind == "person":
        _look_soon(entry)


@on("contact.role_given")
def a_successor_is_looked_at_soon(entry: Entry) -> None:
    if entry.fact("role") in ROLES:
        _look_soon(entry)


@on("steward.appointed")
def what_is_open_follows(entry: Entry) -> None:
    for account in entry.ids_of("account"):
        follow_stewards(account, entry.fact("instead_of"), by=BY, at=entry.occurred_at)


@on("steward.relieved")
def what_is_open_goes_to_the_other(entry: Entry) -> None:
    for account in entry.ids_of("account"):
        follow_stewards(account, entry.fact("person"), by=BY, at=entry.occurred_at)


@on("person.deactivated", "person.erased")
def whoever_leaves_owns_nothing(entry: Entry) -> None:
    for person in entry.ids_of("person"):
        leave_all(person, by=BY, at=entry.occurred_at)


def _look_soon(entry: Entry) -> None:
    """Once this is committed; what is brought in of a past waits for the night."""
    if clock.now() - entry.occurred_at > LATELY:
        return
    for account in entry.ids_of("account"):
        app.configure_task("signals.look_at").defer(account=account)
