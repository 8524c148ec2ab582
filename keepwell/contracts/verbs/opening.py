"""A contract begins to be known here."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime

from django.utils.translation import gettext as _

from keepwell.contracts.about import subjects_of
from keepwell.contracts.checking import checked
from keepwell.contracts.making_terms import make_term
from keepwell.contracts.models import Contract
from keepwell.contracts.new_contract import NewContract
from keepwell.contracts.refusals import ContractRefused
from keepwell.contracts.terms import Span, span_of
from keepwell.contracts.verbs.granting_hours import grant_of_the_contract
from keepwell.customers.models import Account
from keepwell.journal.recording import Actor, caused_by, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.people import permits


@all_or_nothing()
def open_contract(account: Account, new: NewContract, *, by: Actor, at: datetime | None = None) -> Contract:
    """The contract with the term it is in, or the first that is to come, and the renewal of that term.

    Effects: contract.opened; hours.granted, where it brings prepaid hours and has begun. Errors:
    ContractRefused.
    """
    permits.require(by, "contract.edit")
    at = clock.instant(at)
    agreed = checked(new.agreed)
    span = first_term(new)
    began_on = new.began_on or span.first
    if began_on > span.first:
        raise ContractRefused(_("A contract cannot begin after its term. Nothing was saved."))
    contract = Contract.objects.create(account=account, began_on=began_on, opened_at=at, **asdict(agreed))
    term = make_term(contract, span, at=at)
    facts = {"starts_on": span.first.isoformat(), "ends_on": span.last.isoformat()}
    with caused_by():
        record(
            "contract.opened", by=by, at=at, subjects=subjects_of(contract, ("term", term.pk)), facts=facts
        )
        grant_of_the_contract(contract, through=_day_of(at), by=by, at=at)
    return contract


def first_term(new: NewContract) -> Span:
    """Errors: ContractRefused where it ends before it begins."""
    if new.ends_on is None:
        return span_of(new.starts_on, new.agreed.term_months)
    if new.ends_on < new.starts_on:
        raise ContractRefused(_("The last day lies before the first. Nothing was saved."))
    return Span(first=new.starts_on, last=new.ends_on)


def _day_of(at: datetime) -> date:
    return at.date()
