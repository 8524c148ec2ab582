"""Changing what is agreed."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime

from django.utils.translation import gettext as _

from keepwell.contracts.about import subjects_of
from keepwell.contracts.checking import checked
from keepwell.contracts.making_terms import overlaps
from keepwell.contracts.models import Contract, Term
from keepwell.contracts.new_contract import Agreed
from keepwell.contracts.refusals import ContractRefused, IsDecided
from keepwell.contracts.terms import Span
from keepwell.journal.recording import Actor, record
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.people import permits


@all_or_nothing()
def change_contract(contract: Contract, agreed: Agreed, *, by: Actor, at: datetime | None = None) -> None:
    """This is agreed from now on; dates for notice and budget follow by themselves. The same is no news.

    What is subscribed to keeps its currency. Effects: contract.changed. Errors: ContractRefused.
    """
    permits.require(by, "contract.edit")
    lock(contract)
    wanted = asdict(checked(agreed, of=contract))
    changed = [name for name, value in wanted.items() if getattr(contract, name) != value]
    if not changed:
        return
    for name in changed:
        setattr(contract, name, wanted[name])
    contract.save(update_fields=changed)
    record("contract.changed", by=by, at=at, subjects=subjects_of(contract), facts={"fields": changed})


@all_or_nothing()
def change_term_end(term: Term, ends_on: date, *, by: Actor, at: datetime | None = None) -> None:
    """The term ends on another day than was thought, as long as its renewal is open.

    Effects: term.changed. Errors: IsDecided; ContractRefused where it would end before it begins, or reach
    into another term.
    """
    permits.require(by, "contract.edit")
    contract = term.contract
    lock(contract)
    term.refresh_from_db()
    if not term.renewal.is_open:
        raise IsDecided
    if ends_on == term.ends_on:
        return
    if ends_on < term.starts_on:
        raise ContractRefused(_("The last day lies before the first. Nothing was saved."))
    if overlaps(contract, Span(first=term.starts_on, last=ends_on), beside=term):
        raise ContractRefused(_("Another term of the contract has some of these days. Nothing was saved."))
    facts = {"term": term.pk, "ended_on": term.ends_on.isoformat(), "ends_on": ends_on.isoformat()}
    term.ends_on = ends_on
    term.save(update_fields=["ends_on"])
    record("term.changed", by=by, at=at, subjects=subjects_of(contract, ("term", term.pk)), facts=facts)
