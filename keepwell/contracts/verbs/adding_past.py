"""Terms from before a contract was known here."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.contracts.about import subjects_of
from keepwell.contracts.making_terms import make_term, overlaps
from keepwell.contracts.models import Contract, Term
from keepwell.contracts.refusals import ContractRefused
from keepwell.contracts.terms import Span
from keepwell.journal.recording import Actor, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.people import permits


@all_or_nothing()
def add_past_term(contract: Contract, span: Span, *, by: Actor, at: datetime | None = None) -> Term:
    """A term before those that are known, with an open renewal, for somebody to say what came of it.

    The contract's own first day stays: years and minimum term count from there. Effects: term.added.
    Errors: ContractRefused where it is not before all that is known.
    """
    permits.require(by, "contract.edit")
    lock(contract)
    if overlaps(contract, span) or contract.terms.filter(ends_on__lt=span.last).exists():
        raise ContractRefused(
            _("The contract has a term on these days, or an earlier one. Nothing was saved.")
        )
    term = make_term(contract, span, at=clock.instant(at))
    facts = {"term": term.pk, "starts_on": span.first.isoformat(), "ends_on": span.last.isoformat()}
    record("term.added", by=by, at=at, subjects=subjects_of(contract, ("term", term.pk)), facts=facts)
    return term
