"""Past renewals: what came of each term of a contract, known again by the end of the term."""

from __future__ import annotations

from datetime import UTC, datetime, time

from django.utils.translation import gettext as _

from keepwell.contracts.models import Contract, Term
from keepwell.contracts.new_contract import Decision
from keepwell.contracts.terms import Outcome as RenewalOutcome
from keepwell.contracts.terms import Span
from keepwell.contracts.verbs.adding_past import add_past_term
from keepwell.contracts.verbs.deciding import decide_renewal
from keepwell.imports.columns import CellRefused, Column, day, flag, one_of
from keepwell.imports.finding import contract_called
from keepwell.imports.report import Outcome
from keepwell.imports.tables import Line
from keepwell.journal.recording import Actor

COLUMNS = (
    Column(name="contract", is_required=True, also=("contract number", "contract id")),
    Column(name="term ends on", is_required=True, also=("ends on", "term end", "end", "end date")),
    Column(name="term starts on", also=("starts on", "term start", "start", "start date")),
    Column(name="outcome", is_required=True, also=("result",)),
    Column(name="reason", also=("why",)),
    Column(name="avoidable"),
    Column(name="decided on", also=("decided", "decision date", "date")),
)
OUTCOMES = {outcome.value: outcome.value for outcome in RenewalOutcome} | {
    "churned": RenewalOutcome.LOST.value,
    "reduced": RenewalOutcome.CONTRACTED.value,
}
NOON = time(12, tzinfo=UTC)


def bring_in(line: Line, *, by: Actor, at: datetime) -> Outcome:
    """The term, if it is one from before all that are known, and what came of it."""
    contract = contract_called(line["contract"])
    outcome = one_of(line["outcome"], OUTCOMES, _("Outcome"))
    term = _term(contract, line, by=by, at=at)
    if not term.renewal.is_open:
        if term.renewal.outcome != outcome:
            raise CellRefused(
                _("What came of this term is known already: %(outcome)s.")
                % {"outcome": term.renewal.get_outcome_display()}
            )
        return Outcome.UNCHANGED
    decided_at = datetime.combine(
        day(line["decided on"], _("Decided on")) if line["decided on"] else term.ends_on, NOON
    )
    if decided_at > at:
        raise CellRefused(_("It cannot have been decided on a day that is still to come."))
    avoidable = flag(line["avoidable"], _("Avoidable")) if line["avoidable"] else None
    decision = Decision(outcome=outcome, reason=line["reason"], is_avoidable=avoidable)
    decide_renewal(term.renewal, decision, by=by, at=decided_at)
    return Outcome.ADDED


def _term(contract: Contract, line: Line, *, by: Actor, at: datetime) -> Term:
    ends_on = day(line["term ends on"], _("Term ends on"))
    if known := contract.terms.filter(ends_on=ends_on).first():
        return known
    if not line["term starts on"]:
        raise CellRefused(
            _("The contract is known without a term until %(day)s: say when it started.")
            % {"day": ends_on.isoformat()}
        )
    starts_on = day(line["term starts on"], _("Term starts on"))
    if ends_on < starts_on:
        raise CellRefused(_("The term ends before it starts."))
    return add_past_term(contract, Span(first=starts_on, last=ends_on), by=by, at=at)
