"""Contracts with the term they are in: found again by their number."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from keepwell.contracts.models import Contract
from keepwell.contracts.new_contract import Agreed, NewContract
from keepwell.contracts.terms import Renews
from keepwell.contracts.verbs.changing import change_contract, change_term_end
from keepwell.contracts.verbs.opening import open_contract
from keepwell.imports.columns import CellRefused, Column, day, one_of, whole_number
from keepwell.imports.finding import account_called
from keepwell.imports.outcomes import outcome_since, told_of
from keepwell.imports.report import Outcome
from keepwell.imports.tables import Line
from keepwell.journal.recording import Actor

COLUMNS = (
    Column(name="number", is_required=True, also=("contract", "contract number", "contract id")),
    Column(name="account", is_required=True, also=("customer", "account name", "customer number")),
    Column(name="term starts on", is_required=True, also=("starts on", "start", "start date", "from")),
    Column(name="term ends on", also=("ends on", "end", "end date", "to")),
    Column(name="title", also=("name", "subject")),
    Column(name="began on", also=("first day", "customer since")),
    Column(name="currency"),
    Column(name="renews", also=("renewal", "auto renew", "auto renewal")),
    Column(name="term months", also=("months", "term")),
    Column(name="minimum months", also=("minimum term",)),
    Column(name="notice days", also=("notice", "notice period")),
    Column(name="budget days", also=("budget lead", "budget lead days")),
    Column(name="prepaid hours a year", also=("prepaid hours", "hours a year", "hours")),
)
RENEWS = {
    "by agreement": Renews.BY_AGREEMENT.value,
    "no": Renews.BY_AGREEMENT.value,
    "after notice": Renews.AFTER_NOTICE.value,
    "yes": Renews.AFTER_NOTICE.value,
    "at end": Renews.AT_END.value,
}
# Columns of whole numbers: what they are called, how high they go, what they are at the contract.
NUMBERS = {
    "term months": (240, "term_months"),
    "minimum months": (240, "minimum_months"),
    "notice days": (1098, "notice_days"),
    "budget days": (1098, "budget_lead_days"),
}
HOURS_AT_MOST = 100_000


def bring_in(line: Line, *, by: Actor, at: datetime) -> Outcome:
    """The contract with this term; of one that is known what is agreed, and the end of the term."""
    if not line["number"]:
        raise CellRefused(_("The number is empty."))
    account = account_called(line["account"])
    starts_on = day(line["term starts on"], _("Term starts on"))
    ends_on = day(line["term ends on"], _("Term ends on")) if line["term ends on"] else None
    contract = Contract.objects.filter(number__iexact=line["number"]).first()
    if contract is None:
        began_on = day(line["began on"], _("Began on")) if line["began on"] else None
        new = NewContract(agreed=_agreed(line, None), starts_on=starts_on, ends_on=ends_on, began_on=began_on)
        open_contract(account, new, by=by, at=at)
        return Outcome.ADDED
    if contract.account_id != account.pk:
        raise CellRefused(_("Contract %(number)s is one of another account.") % {"number": contract.number})
    told = told_of("contract", contract.pk)
    change_contract(contract, _agreed(line, contract), by=by, at=at)
    _end_of_term(contract, starts_on, ends_on, by=by, at=at)
    return outcome_since(told, "contract", contract.pk)


def _end_of_term(
    contract: Contract, starts_on: date, ends_on: date | None, *, by: Actor, at: datetime
) -> None:
    term = contract.terms.filter(starts_on=starts_on).first()
    if term is None:
        raise CellRefused(
            _("The contract is known without a term from %(day)s: further terms come by renewals.")
            % {"day": starts_on.isoformat()}
        )
    if ends_on and ends_on != term.ends_on:
        change_term_end(term, ends_on, by=by, at=at)


def _agreed(line: Line, known: Contract | None) -> Agreed:
    before = known or Agreed(number="")
    kept = {name: getattr(before, name) for name in Agreed.__dataclass_fields__}
    said: dict[str, object] = {"number": known.number if known else line["number"]}
    for column, (most, name) in NUMBERS.items():
        if line[column]:
            low = 1 if name == "term_months" else 0
            said[name] = whole_number(line[column], column, low, most)
    if line["prepaid hours a year"]:
        hours = whole_number(line["prepaid hours a year"], _("Prepaid hours a year"), 0, HOURS_AT_MOST)
        said["hours_a_year_minutes"] = hours * 60
    if line["renews"]:
        said["renews"] = one_of(line["renews"], RENEWS, _("Renews"))
    said |= {name: line[name] for name in ("title", "currency") if line[name]}
    return Agreed(**{**kept, **said})
