"""How a renewal ends, and the next term that this makes."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from keepwell.contracts.about import subjects_of
from keepwell.contracts.making_terms import make_term
from keepwell.contracts.models import Contract, Renewal, Subscription, Term
from keepwell.contracts.new_contract import Decision
from keepwell.contracts.refusals import IsDecided, RenewalRefused, StillBound
from keepwell.contracts.terms import A_DAY, Outcome, Span, following, goes_on_by_itself, may_end, minimum_last
from keepwell.journal.recording import Actor, caused_by, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.people import permits


@all_or_nothing()
def decide_renewal(
    renewal: Renewal, decision: Decision, *, by: Actor, at: datetime | None = None
) -> Term | None:
    """The renewal ends so. Renewed, also with less: the next term follows and is given back; lost: none.

    Where a later term is known already none is made. What is subscribed to without an end goes on, or ends
    with the term that was lost. Effects: renewal.decided, term.begun, subscription.ended. Errors: IsDecided;
    RenewalRefused without a reason for what was lost or got less; StillBound within the minimum term.
    """
    permits.require(by, "contract.edit")
    contract = renewal.term.contract
    lock(contract)
    renewal.refresh_from_db()
    if not renewal.is_open:
        raise IsDecided
    outcome = Outcome(decision.outcome)
    _require_sound(renewal, decision, outcome)
    at = clock.instant(at)
    noun, person = by.actor_ref
    _end(
        renewal,
        outcome=outcome.value,
        reason=decision.reason.strip(),
        is_avoidable=decision.is_avoidable if outcome != Outcome.RENEWED else None,
        decided_at=at,
        decided_by_id=person if noun == "person" else None,
    )
    with caused_by():
        _record(renewal, by=by, at=at)
        return _what_follows(renewal, decision, outcome, by=by, at=at)


@all_or_nothing()
def renew_by_itself(renewal: Renewal, on: date, *, by: Actor, at: datetime | None = None) -> Term | None:
    """The contract has renewed itself by this day, as it says; the next term is given back.

    None where it has not, or somebody decided. Effects: renewal.decided, term.begun.
    """
    permits.require(by, "contract.edit")
    contract = renewal.term.contract
    lock(contract)
    renewal.refresh_from_db()
    if not renewal.is_open or not goes_on_by_itself(renewal.term.span, contract.conditions, on):
        return None
    at = clock.instant(at)
    _end(renewal, outcome=Outcome.RENEWED.value, is_tacit=True, decided_at=at)
    with caused_by():
        _record(renewal, by=by, at=at)
        return _next_term(contract, renewal.term, None, by=by, at=at)


def _require_sound(renewal: Renewal, decision: Decision, outcome: Outcome) -> None:
    term, conditions = renewal.term, renewal.term.contract.conditions
    if outcome != Outcome.RENEWED and not decision.reason.strip():
        raise RenewalRefused(_("Say why: others are to learn from it. Nothing was saved."))
    if outcome == Outcome.LOST and not may_end(term.span, conditions):
        bound = minimum_last(conditions)
        assert bound is not None
        raise StillBound(bound)
    if decision.ends_on and outcome != Outcome.LOST and decision.ends_on <= term.ends_on:
        raise RenewalRefused(
            _("The next term would end before it begins: this one ends on %(day)s. Nothing was saved.")
            % {"day": term.ends_on.isoformat()}
        )


def _end(renewal: Renewal, **columns: object) -> None:
    for name, value in columns.items():
        setattr(renewal, name, value)
    renewal.save(update_fields=[name.removesuffix("_id") for name in columns])


def _record(renewal: Renewal, *, by: Actor, at: datetime) -> None:
    facts = {
        "renewal": renewal.pk,
        "outcome": renewal.outcome,
        "avoidable": renewal.is_avoidable,
        "tacit": renewal.is_tacit,
    }
    about = subjects_of(renewal.term.contract, ("term", renewal.term_id), ("renewal", renewal.pk))
    record("renewal.decided", by=by, at=at, subjects=about, facts=facts)


def _what_follows(
    renewal: Renewal, decision: Decision, outcome: Outcome, *, by: Actor, at: datetime
) -> Term | None:
    contract, term = renewal.term.contract, renewal.term
    if outcome == Outcome.LOST:
        _end_subscriptions(contract, term, by=by, at=at)
        return None
    return _next_term(contract, term, decision.ends_on, by=by, at=at)


def _next_term(
    contract: Contract, term: Term, ends_on: date | None, *, by: Actor, at: datetime
) -> Term | None:
    if contract.terms.filter(starts_on__gt=term.ends_on).exists():
        return None
    span = following(term.span, contract.term_months)
    if ends_on:
        span = Span(first=term.ends_on + A_DAY, last=ends_on)
    made = make_term(contract, span, at=at)
    facts = {"term": made.pk, "starts_on": span.first.isoformat(), "ends_on": span.last.isoformat()}
    record("term.begun", by=by, at=at, subjects=subjects_of(contract, ("term", made.pk)), facts=facts)
    return made


def _end_subscriptions(contract: Contract, term: Term, *, by: Actor, at: datetime) -> None:
    """What runs on without an end, or beyond it, ends with the term; what begins later never does."""
    if contract.terms.filter(starts_on__gt=term.ends_on).exists():
        return
    beyond = Q(ends_on__isnull=True) | Q(ends_on__gt=term.ends_on)
    for row in Subscription.objects.filter(beyond, contract=contract, starts_on__lte=term.ends_on):
        row.ends_on = term.ends_on
        row.save(update_fields=["ends_on"])
        about = subjects_of(contract, ("subscription", row.pk))
        record("subscription.ended", by=by, at=at, subjects=about, facts={"ends_on": row.ends_on.isoformat()})
