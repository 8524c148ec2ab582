"""Renewals: decided by somebody, or by time."""

from datetime import UTC, date, datetime

import pytest

from keepwell.contracts.models import Renewal, Term
from keepwell.contracts.new_contract import Decision, NewSubscription
from keepwell.contracts.queries import dated, decided_renewals, open_renewals
from keepwell.contracts.refusals import ContractRefused, IsDecided, RenewalRefused, StillBound
from keepwell.contracts.renewing_themselves import (
    grant_the_hours_of_new_years,
    renew_what_renews_itself,
)
from keepwell.contracts.terms import Outcome, Phase, Renews, Span
from keepwell.contracts.tests.conftest import a_contract
from keepwell.contracts.verbs.adding_past import add_past_term
from keepwell.contracts.verbs.deciding import decide_renewal
from keepwell.contracts.verbs.opening import open_contract
from keepwell.contracts.verbs.redacting import redact_reason
from keepwell.contracts.verbs.subscribing import subscribe
from keepwell.journal.models import Entry
from tests import cast
from tests.canary import places_holding

pytestmark = pytest.mark.django_db
RENEWED = Decision(outcome=Outcome.RENEWED)


def renewal_of(contract) -> Renewal:
    return Renewal.objects.get(term__contract=contract, outcome="")


def at(day: str) -> datetime:
    return datetime.fromisoformat(f"{day}T14:00:00").replace(tzinfo=UTC)


def test_renewed_it_has_a_next_term_with_a_renewal_and_dates_of_its_own(contract, alma):
    term = decide_renewal(renewal_of(contract), RENEWED, by=alma)
    assert term is not None
    assert (term.starts_on, term.ends_on) == (date(2027, 1, 1), date(2027, 12, 31))
    assert term.renewal.is_open
    assert [one.on for one in dated(alma, first=date(2026, 1, 1), last=date(2027, 12, 1))] == [
        date(2027, 10, 2)
    ]
    entries = Entry.objects.filter(kind__in=["renewal.decided", "term.begun"]).order_by("pk")
    assert [entry.kind for entry in entries] == ["renewal.decided", "term.begun"]
    assert len({entry.cause for entry in entries}) == 1


def test_a_term_has_one_renewal_and_it_is_decided_once(contract, alma):
    renewal = renewal_of(contract)
    decide_renewal(renewal, RENEWED, by=alma)
    with pytest.raises(IsDecided):
        decide_renewal(renewal, RENEWED, by=alma)
    assert Renewal.objects.filter(term__contract=contract, outcome="").count() == 1


def test_a_next_term_can_be_as_long_as_was_agreed(contract, alma):
    renewal = renewal_of(contract)
    with pytest.raises(RenewalRefused):
        decide_renewal(renewal, Decision(outcome="renewed", ends_on=date(2026, 12, 31)), by=alma)
    term = decide_renewal(renewal, Decision(outcome="renewed", ends_on=date(2029, 6, 30)), by=alma)
    assert term is not None
    assert term.ends_on == date(2029, 6, 30)


def test_what_was_lost_says_why_and_ends_with_what_was_subscribed_to(contract, alma):
    product = cast.roadworks()
    new = NewSubscription(product=product, starts_on=date(2026, 1, 1), price_cents=100)
    subscription = subscribe(contract, new, by=alma)
    renewal = renewal_of(contract)
    with pytest.raises(RenewalRefused):
        decide_renewal(renewal, Decision(outcome=Outcome.LOST, reason="  "), by=alma)
    lost = Decision(outcome=Outcome.LOST, reason="Went to a county-wide system", is_avoidable=False)
    assert decide_renewal(renewal, lost, by=alma) is None
    subscription.refresh_from_db()
    assert subscription.ends_on == date(2026, 12, 31)
    assert contract.phase_on(date(2027, 1, 1)) == Phase.EXPIRED
    assert Term.objects.filter(contract=contract).count() == 1
    decided = decided_renewals().get()
    assert (decided.is_avoidable, decided.decided_by) == (False, alma)


def test_nothing_is_lost_within_the_minimum_term(account, alma):
    contract = open_contract(account, a_contract("C-2", minimum_months=24), by=alma)
    with pytest.raises(StillBound, match="2027-12-31"):
        decide_renewal(renewal_of(contract), Decision(outcome=Outcome.LOST, reason="x"), by=alma)


@pytest.mark.parametrize(
    ("renews", "not_yet", "then"),
    [
        # The last day for notice is 2 October; it is over when it is over everywhere.
        (Renews.AFTER_NOTICE, "2026-10-03T11:59:59", "2026-10-03T12:00:00"),
        (Renews.AT_END, "2027-01-01T11:59:59", "2027-01-01T12:00:00"),
    ],
)
def test_a_contract_renews_itself_when_it_says_so_and_not_a_second_before(
    account, alma, renews, not_yet, then
):
    contract = open_contract(account, a_contract("C-2", renews=renews), by=alma)
    assert renew_what_renews_itself(at=datetime.fromisoformat(not_yet).replace(tzinfo=UTC)) == 0
    assert renew_what_renews_itself(at=datetime.fromisoformat(then).replace(tzinfo=UTC)) == 1
    assert renew_what_renews_itself(at=datetime.fromisoformat(then).replace(tzinfo=UTC)) == 0
    first = contract.terms.earliest("starts_on").renewal
    assert (first.outcome, first.is_tacit, first.decided_by) == (Outcome.RENEWED, True, None)
    assert contract.terms.latest("starts_on").starts_on == date(2027, 1, 1)


def test_one_that_needs_an_agreement_waits_for_it_and_is_renewed_without_a_gap_also_late(account, alma):
    contract = open_contract(account, a_contract("C-2", renews=Renews.BY_AGREEMENT), by=alma)
    assert renew_what_renews_itself(at=at("2027-03-01")) == 0
    assert contract.phase_on(date(2027, 3, 1)) == Phase.EXPIRED
    assert open_renewals(alma).get().term.contract == contract
    term = decide_renewal(renewal_of(contract), RENEWED, by=alma, at=at("2027-03-01"))
    assert term is not None
    assert term.starts_on == date(2027, 1, 1)


def test_a_worker_that_was_away_for_years_catches_up_term_by_term(contract):
    assert renew_what_renews_itself(at=at("2029-05-01")) == 3
    assert [term.starts_on.year for term in contract.terms.all()] == [2026, 2027, 2028, 2029]


def test_each_contract_year_brings_its_hours_once(contract):
    assert grant_the_hours_of_new_years(at=at("2026-12-31")) == 0
    renew_what_renews_itself(at=at("2026-12-31"))
    assert grant_the_hours_of_new_years(at=at("2027-01-01")) == 1
    assert grant_the_hours_of_new_years(at=at("2027-06-01")) == 0


def test_a_term_of_the_past_comes_before_all_others_and_its_outcome_makes_no_other(contract, alma):
    past = add_past_term(contract, Span(first=date(2025, 1, 1), last=date(2025, 12, 31)), by=alma)
    assert decide_renewal(past.renewal, RENEWED, by=alma, at=at("2025-11-03")) is None
    assert contract.terms.count() == 2
    assert past.renewal.decided_at == at("2025-11-03")
    for wrong in (
        Span(first=date(2025, 6, 1), last=date(2025, 7, 1)),
        Span(first=date(2028, 1, 1), last=date(2028, 2, 1)),
    ):
        with pytest.raises(ContractRefused):
            add_past_term(contract, wrong, by=alma)


def test_a_reason_can_be_taken_out_for_good(contract, alma):
    renewal = renewal_of(contract)
    decide_renewal(renewal, Decision(outcome=Outcome.LOST, reason="Zanzibara wanted it"), by=alma)
    lea = cast.lea_the_lead()
    redact_reason(renewal, by=lea)
    redact_reason(renewal, by=lea)
    assert places_holding("Zanzibara") == {}
    assert Entry.objects.filter(kind="contract.words_removed").count() == 1
