"""Opening and changing contracts, and what follows from them."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from keepwell.contracts.dated import Kind
from keepwell.contracts.models import Contract, Term
from keepwell.contracts.new_contract import Agreed, NewContract
from keepwell.contracts.queries import contracts_of, current_term, dated, sees_prices, visible_entries
from keepwell.contracts.refusals import ContractRefused
from keepwell.contracts.terms import Phase, Renews
from keepwell.contracts.tests.conftest import a_contract
from keepwell.contracts.verbs.changing import change_contract, change_term_end
from keepwell.contracts.verbs.opening import open_contract
from keepwell.customers.models import Account
from keepwell.journal.models import Entry
from keepwell.people.models import User
from keepwell.people.permits import NotPermitted
from tests import cast

pytestmark = pytest.mark.django_db
AUGUST, OCTOBER = date(2026, 8, 1), date(2026, 10, 2)


def agreed_in(contract: Contract, **more: object) -> Agreed:
    known = {name: getattr(contract, name) for name in Agreed.__dataclass_fields__}
    return Agreed(**{**known, **more})


def test_a_contract_comes_with_its_term_and_one_open_renewal(contract):
    term = contract.terms.get()
    assert (term.starts_on, term.ends_on) == (date(2026, 1, 1), date(2026, 12, 31))
    assert term.renewal.is_open
    kinds = [entry.kind for entry in Entry.objects.about("contract", contract.pk)]
    assert kinds == ["contract.opened", "hours.granted"]


@pytest.mark.parametrize(
    "broken",
    [
        {"number": "  "},
        {"number": "c-1"},
        {"number": "x" * 65},
        {"currency": "Dollars"},
        {"term_months": 0},
        {"notice_days": -1},
        {"title": "x" * 201},
    ],
)
def test_a_contract_that_cannot_be_is_refused_and_nothing_is_kept(contract, account, alma, broken):
    with pytest.raises(ContractRefused):
        open_contract(account, a_contract(**{"number": "C-2", **broken}), by=alma)
    assert Contract.objects.count() == 1


def test_a_term_does_not_end_before_it_begins_nor_before_its_contract(account, alma):
    for wrong in ({"ends_on": date(2025, 12, 31)}, {"began_on": date(2026, 1, 2)}):
        with pytest.raises(ContractRefused):
            open_contract(account, replace(a_contract("C-2"), **wrong), by=alma)


def test_a_longer_notice_moves_the_last_day_for_it_without_anybody_typing_one(contract, alma):
    assert Kind.NOTICE in {one.kind for one in dated(alma, first=OCTOBER, last=OCTOBER)}
    change_contract(contract, agreed_in(contract, notice_days=153, budget_lead_days=270), by=alma)
    days = {one.kind: one.on for one in dated(alma, first=date(2026, 1, 1), last=date(2027, 1, 1))}
    assert days == {
        Kind.BUDGET: date(2026, 4, 5),
        Kind.NOTICE: date(2026, 7, 31),
        Kind.TERM_END: date(2026, 12, 31),
    }
    entry = Entry.objects.about("contract", contract.pk).last()
    assert entry.facts == {"fields": ["notice_days", "budget_lead_days"]}


def test_the_same_again_is_no_news(contract, alma):
    before = Entry.objects.count()
    change_contract(contract, agreed_in(contract), by=alma)
    change_term_end(contract.terms.get(), date(2026, 12, 31), by=alma)
    assert Entry.objects.count() == before


def test_a_term_ends_on_another_day_while_nothing_is_decided(contract, alma):
    term = contract.terms.get()
    change_term_end(term, date(2027, 6, 30), by=alma)
    assert contract.phase_on(date(2027, 1, 15)) == Phase.IN_TERM
    with pytest.raises(ContractRefused):
        change_term_end(term, date(2025, 6, 30), by=alma)


def test_the_phase_is_that_of_the_day_that_is_asked_about(contract):
    days = (date(2025, 12, 31), date(2026, 6, 9), date(2026, 10, 1))
    assert [contract.phase_on(day) for day in days] == [
        Phase.UPCOMING,
        Phase.IN_TERM,
        Phase.NOTICE_WINDOW,
    ]


def test_the_current_term_is_the_one_of_the_day_else_the_next_else_the_last(contract):
    term = contract.terms.get()
    assert {current_term(contract, date(year, 6, 1)) for year in (2025, 2026, 2028)} == {term}


def test_the_database_keeps_no_term_that_ends_before_it_begins(contract):
    with pytest.raises(IntegrityError), transaction.atomic():
        Term.objects.create(contract=contract, starts_on=AUGUST, ends_on=date(2026, 7, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Contract.objects.filter(pk=contract.pk).update(renews="sometimes")


def test_success_managers_read_contracts_and_account_managers_and_leads_change_them(contract, account):
    sam, lea = cast.sam_the_success_manager(), cast.lea_the_lead()
    assert contracts_of(sam, account) == [contract]
    with pytest.raises(NotPermitted):
        open_contract(account, a_contract("C-2"), by=sam)
    assert open_contract(account, a_contract("C-2"), by=lea)


def test_support_sees_that_there_is_a_contract_but_not_what_it_costs(contract, account):
    maria = cast.maria_the_specialist()
    assert contracts_of(maria, account) == [contract]
    assert not sees_prices(maria)
    assert sees_prices(cast.sam_the_success_manager())


def test_no_customer_sees_a_contract_of_anybody_on_a_page_of_staff(contract, account):
    for who in (cast.dana_at_elm_falls(), cast.nora_of_another_town()):
        assert contracts_of(who, account) == []
        assert dated(who, first=date(2026, 1, 1), last=date(2027, 1, 1)) == []
        assert not visible_entries(who).exists()


def test_what_comes_up_costs_as_much_for_ten_contracts_as_for_twenty(
    account: Account, alma: User, django_assert_max_num_queries
):
    for number in range(20):
        open_contract(account, a_contract(f"N-{number}", hours_a_year_minutes=0), by=alma)
        if number in (9, 19):
            with django_assert_max_num_queries(6):
                assert len(dated(alma, first=OCTOBER, last=OCTOBER)) == number + 1
            with django_assert_max_num_queries(6):
                assert len(contracts_of(alma, account)) == number + 1


def test_a_contract_can_have_begun_before_the_term_it_is_known_in(account, alma):
    new = NewContract(
        agreed=Agreed(number="C-3", minimum_months=36, renews=Renews.BY_AGREEMENT, notice_days=0),
        starts_on=date(2026, 1, 1),
        began_on=date(2023, 7, 1),
    )
    contract = open_contract(account, new, by=alma)
    assert contract.phase_on(date(2026, 12, 1)) == Phase.NOTICE_WINDOW, "the minimum was over in June"
