"""Prepaid hours that a customer has."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from keepwell.contracts.ledger import NewLine, add_line
from keepwell.contracts.models import Contract, HoursEntry
from keepwell.contracts.new_contract import Cause
from keepwell.contracts.prepaid import Line
from keepwell.contracts.refusals import HoursRefused
from keepwell.contracts.terms import contract_year
from keepwell.journal.recording import Actor
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.people import permits

BY_CONTRACT = "contract"


@all_or_nothing()
def grant_hours(
    contract: Contract, minutes: int, on: date, *, reason: str = "", by: Actor, at: datetime | None = None
) -> HoursEntry:
    """So many minutes more in the contract year that has this day. Effects: hours.granted.

    Errors: HoursRefused for none, or a day before the contract began.
    """
    permits.require(by, "contract.edit")
    lock(contract)
    if minutes < 1:
        raise HoursRefused(_("Grant a minute at least. Nothing was booked."))
    year = year_of(contract, on)
    line = NewLine(line=Line.GRANTED, minutes=minutes, year_starts_on=year, reason=reason)
    return add_line(contract, line, by=by, at=clock.instant(at))


@all_or_nothing()
def grant_of_the_contract(
    contract: Contract, *, through: date, by: Actor, at: datetime | None = None
) -> HoursEntry | None:
    """What the contract brings in the year that has this day, once. Effects: hours.granted.

    None where it brings none, has not begun, or was granted.
    """
    permits.require(by, "contract.edit")
    lock(contract)
    if not contract.hours_a_year_minutes or through < contract.began_on:
        return None
    year = contract_year(contract.began_on, through).first
    of_the_contract = HoursEntry.objects.filter(
        contract=contract, year_starts_on=year, line=Line.GRANTED, cause_kind=BY_CONTRACT
    )
    if of_the_contract.exists():
        return None
    cause = Cause(kind=BY_CONTRACT, id=contract.pk)
    minutes = contract.hours_a_year_minutes
    line = NewLine(line=Line.GRANTED, minutes=minutes, year_starts_on=year, cause=cause)
    return add_line(contract, line, by=by, at=clock.instant(at))


def year_of(contract: Contract, on: date) -> date:
    """The first day of the contract year that has this day. Errors: HoursRefused before the first one."""
    if on < contract.began_on:
        raise HoursRefused(
            _("The contract began on %(day)s: before it there are no hours. Nothing was booked.")
            % {"day": contract.began_on.isoformat()}
        )
    return contract_year(contract.began_on, on).first
