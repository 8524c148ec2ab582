"""Prepaid hours are used, or were not after all."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.contracts.ledger import NewLine, add_line
from keepwell.contracts.models import Contract, HoursEntry
from keepwell.contracts.new_contract import Use
from keepwell.contracts.prepaid import Line
from keepwell.contracts.queries import year_balance
from keepwell.contracts.refusals import HoursGone, HoursRefused
from keepwell.contracts.verbs.granting_hours import year_of
from keepwell.journal.recording import Actor
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.people import permits


@all_or_nothing()
def use_hours(contract: Contract, use: Use, *, by: Actor, at: datetime | None = None) -> HoursEntry:
    """So many minutes are gone from the contract year that has the day. Effects: hours.used.

    More than is left takes somebody who may change contracts, and a reason in `beyond_because`.
    Errors: HoursGone; HoursRefused for none, or a day before the contract began.
    """
    permits.require(by, "contract.use_hours")
    lock(contract)
    if use.minutes < 1:
        raise HoursRefused(_("Book a minute at least. Nothing was booked."))
    year = year_of(contract, use.on)
    left = year_balance(contract, year).left
    is_beyond = use.minutes > left
    why = use.beyond_because.strip()
    if is_beyond:
        if not why:
            raise HoursGone(left)
        permits.require(by, "contract.edit")
    reason = why if is_beyond else use.reason
    line = NewLine(
        line=Line.USED,
        minutes=use.minutes,
        year_starts_on=year,
        cause=use.cause,
        is_beyond=is_beyond,
        reason=reason,
    )
    return add_line(contract, line, by=by, at=clock.instant(at))


@all_or_nothing()
def reverse_hours(
    entry: HoursEntry, *, reason: str = "", by: Actor, at: datetime | None = None
) -> HoursEntry:
    """The use, or the grant, is taken back whole by a line of its own. Effects: hours.reversed.

    Errors: HoursRefused for a reversal, for what was taken back, or for a grant that is used already.
    """
    permits.require(by, "contract.use_hours" if entry.line == Line.USED else "contract.edit")
    contract = entry.contract
    lock(contract)
    if entry.line == Line.REVERSED or HoursEntry.objects.filter(reverses=entry).exists():
        raise HoursRefused(_("This line was taken back already, or takes back another. Nothing was booked."))
    if entry.line == Line.GRANTED and year_balance(contract, entry.year_starts_on).left < entry.minutes:
        raise HoursRefused(_("Some of these hours are used already. Nothing was booked."))
    line = NewLine(
        line=Line.REVERSED,
        minutes=entry.minutes,
        year_starts_on=entry.year_starts_on,
        reverses=entry,
        reason=reason,
    )
    return add_line(contract, line, by=by, at=clock.instant(at))
