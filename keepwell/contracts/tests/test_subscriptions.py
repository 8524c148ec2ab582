"""What is subscribed to: what may be used as of a day, and what it costs over days."""

from datetime import date

import pytest

from keepwell.contracts.licences import Entitlement
from keepwell.contracts.models import Contract
from keepwell.contracts.new_contract import NewSubscription
from keepwell.contracts.pricing import Period
from keepwell.contracts.queries import cost_of, entitlements, entitlements_of_many, visible_entries
from keepwell.contracts.refusals import SubscriptionRefused
from keepwell.contracts.terms import Span
from keepwell.contracts.tests.conftest import NEW_YEAR, a_contract
from keepwell.contracts.verbs.opening import open_contract
from keepwell.contracts.verbs.subscribing import end_subscription, subscribe
from keepwell.customers.verbs.deploying import add_deployment
from keepwell.customers.verbs.products import add_module, add_product
from tests import cast

pytestmark = pytest.mark.django_db
JUNE = date(2026, 6, 9)
WHOLE_YEAR = Span(first=date(2026, 1, 1), last=date(2026, 12, 31))


def of(product, **more):
    return NewSubscription(**{"product": product, "starts_on": NEW_YEAR, "price_cents": 120_000, **more})


def test_seats_of_all_contracts_in_force_add_up_and_unlimited_is_no_number(contract, account, alma):
    roads = cast.roadworks()
    signals = add_module(roads, "Signals", by=cast.CAST)
    second = open_contract(account, a_contract("C-2"), by=alma)
    ended = open_contract(
        account, a_contract("C-0", starts_on=date(2024, 1, 1), renews="by_agreement"), by=alma
    )
    subscribe(contract, of(roads, seats=20), by=alma)
    subscribe(second, of(roads, seats=5), by=alma)
    subscribe(second, of(roads, module=signals), by=alma)
    subscribe(ended, of(roads, seats=500, starts_on=date(2024, 1, 1)), by=alma)
    assert entitlements(account, JUNE) == [
        Entitlement(product=roads.pk, seats=25),
        Entitlement(product=roads.pk, module=signals.pk),
    ]
    assert entitlements(account, date(2024, 6, 1)) == [Entitlement(product=roads.pk, seats=500)]
    assert entitlements(account, date(2023, 6, 1)) == []


def test_one_that_ended_is_used_until_its_last_day(contract, account, alma):
    row = subscribe(contract, of(cast.roadworks(), seats=3), by=alma)
    end_subscription(row, JUNE, by=alma)
    end_subscription(row, JUNE, by=alma)
    assert entitlements(account, JUNE)
    assert not entitlements(account, date(2026, 6, 10))
    with pytest.raises(SubscriptionRefused):
        end_subscription(row, date(2025, 1, 1), by=alma)


def test_what_cannot_be_subscribed_to_is_refused(contract, alma):
    roads, fleet = cast.roadworks(), add_product("Fleet", by=cast.CAST)
    foreign = add_deployment(cast.another_town(), roads, by=cast.CAST)
    for wrong in (
        of(roads, module=add_module(fleet, "Fuel", by=cast.CAST)),
        of(roads, deployment=foreign),
        of(roads, seats=0),
        of(roads, price_cents=-1),
        of(roads, ends_on=date(2025, 1, 1)),
    ):
        with pytest.raises(SubscriptionRefused):
            subscribe(contract, wrong, by=alma)


def test_what_a_period_costs_by_currency_and_no_longer_than_the_contract_runs(contract, account, alma):
    roads = cast.roadworks()
    euros = open_contract(account, a_contract("C-2", currency="EUR"), by=alma)
    subscribe(contract, of(roads), by=alma)
    subscribe(contract, of(roads, period=Period.MONTH, price_cents=1000, starts_on=date(2026, 7, 1)), by=alma)
    subscribe(euros, of(roads, period=Period.ONCE, price_cents=5000, starts_on=JUNE), by=alma)
    assert cost_of(account, WHOLE_YEAR) == {"EUR": 5000, "USD": 126_000}
    assert cost_of(account, Span(first=date(2027, 1, 1), last=date(2027, 12, 31))) == {}


def test_entitlements_of_many_accounts_cost_three_queries(contract, account, alma, django_assert_num_queries):
    subscribe(contract, of(cast.roadworks()), by=alma)
    other = open_contract(cast.another_town(), a_contract("N-1"), by=alma)
    subscribe(other, of(cast.roadworks(), seats=7), by=alma)
    with django_assert_num_queries(4):
        found = entitlements_of_many([account.pk, other.account_id], JUNE)
    assert {pk: rows[0].seats for pk, rows in found.items()} == {account.pk: None, other.account_id: 7}


def test_what_was_subscribed_to_is_told_only_to_who_may_see_prices(contract, alma):
    subscribe(contract, of(cast.roadworks()), by=alma)
    kinds = {
        who: set(visible_entries(who).values_list("kind", flat=True))
        for who in (cast.maria_the_specialist(), alma)
    }
    maria, almas = kinds.values()
    assert almas - maria == {"subscription.added"}
    assert Contract.objects.visible_to(cast.maria_the_specialist()).exists()
