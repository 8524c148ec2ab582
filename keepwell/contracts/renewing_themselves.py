"""What time alone does to contracts: they renew themselves, and a new year brings its hours."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from keepwell.contracts.models import Contract, Renewal
from keepwell.contracts.terms import goes_on_by_itself
from keepwell.contracts.verbs.deciding import renew_by_itself
from keepwell.contracts.verbs.granting_hours import grant_of_the_contract
from keepwell.kit import clock
from keepwell.people.actors import System

BY = System("contracts")
# A day is over when it is over everywhere: until then somebody's notice may still be in time.
LAST_ZONE = timedelta(hours=12)
# Of a contract that nobody looked at for years, one term after another.
AT_ONCE = 100


def day_everywhere(at: datetime) -> date:
    """The day that has begun in every time zone; `at` in UTC."""
    return (at - LAST_ZONE).date()


def renew_what_renews_itself(*, at: datetime | None = None) -> int:
    """Each open renewal of a contract that has renewed itself is decided so; gives how many. Safe to repeat.

    Each is a change of its own. Effects: renewal.decided, term.begun.
    """
    at = clock.instant(at)
    on = day_everywhere(at)
    renewed = 0
    for _again in range(AT_ONCE):
        due = [renewal for renewal in _open_ones() if _has_renewed_itself(renewal, on)]
        if not due:
            break
        renewed += sum(1 for renewal in due if renew_by_itself(renewal, on, by=BY, at=at))
    return renewed


def grant_the_hours_of_new_years(*, at: datetime | None = None) -> int:
    """Contracts in force get the hours of the year that began; gives how many did. Safe to repeat."""
    at = clock.instant(at)
    on = at.date()
    rows = Contract.objects.filter(
        hours_a_year_minutes__gt=0, terms__starts_on__lte=on, terms__ends_on__gte=on
    )
    granted = (grant_of_the_contract(row, through=on, by=BY, at=at) for row in rows.distinct())
    return sum(1 for entry in granted if entry)


def _open_ones() -> list[Renewal]:
    return list(Renewal.objects.filter(outcome="").select_related("term__contract").order_by("pk"))


def _has_renewed_itself(renewal: Renewal, on: date) -> bool:
    term = renewal.term
    return goes_on_by_itself(term.span, term.contract.conditions, on)
