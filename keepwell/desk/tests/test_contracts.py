"""The pages of contracts: who sees what of them, and what is done there."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from keepwell.contracts.models import Contract, HoursEntry, Renewal, Subscription
from keepwell.contracts.new_contract import Agreed, Decision, NewContract, NewSubscription, Use
from keepwell.contracts.verbs.deciding import decide_renewal
from keepwell.contracts.verbs.opening import open_contract
from keepwell.contracts.verbs.subscribing import subscribe
from keepwell.contracts.verbs.using_hours import use_hours
from keepwell.desk.tests.people import queries_of, signed_in
from tests import cast

pytestmark = pytest.mark.django_db
NEW_YEAR = date(2026, 1, 1)
NEW = {
    "number": "C-9",
    "currency": "usd",
    "renews": "after_notice",
    "term_months": "12",
    "minimum_months": "0",
    "notice_days": "90",
    "budget_lead_days": "270",
    "hours": "20",
    "starts_on": "2026-01-01",
}


@pytest.fixture(autouse=True)
def stands_at(clock_at):
    clock_at(datetime(2026, 6, 9, 14, 0, tzinfo=UTC))
    cast.the_guidelines()


@pytest.fixture
def alma():
    return signed_in(cast.alma_the_account_manager())


@pytest.fixture
def contract(db) -> Contract:
    by = cast.alma_the_account_manager()
    new = NewContract(agreed=Agreed(number="C-1", hours_a_year_minutes=600), starts_on=NEW_YEAR)
    made = open_contract(cast.elm_falls(), new, by=by)
    bought = NewSubscription(product=cast.roadworks(), price_cents=1_234_500, seats=40, starts_on=NEW_YEAR)
    subscribe(made, bought, by=by)
    use_hours(made, Use(minutes=90, on=NEW_YEAR, reason="A day on site"), by=by)
    return made


def page_of(client, contract, tail=""):
    answer = client.get(f"/desk/contracts/{contract.pk}/{tail}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_account_manager_opens_one_and_the_dates_follow(alma):
    account = cast.elm_falls()
    answer = alma.post(f"/desk/accounts/{account.pk}/contracts/new/", NEW)
    assert answer.status_code == 302
    page = alma.get(f"/desk/accounts/{account.pk}/contracts/").content.decode()
    assert "2 Oct 2026" in page
    assert "5 Apr 2026" in page
    assert Contract.objects.get().currency == "USD"


def test_what_was_typed_wrong_stands_there_with_why(alma, contract):
    answer = alma.post(f"/desk/accounts/{contract.account_id}/contracts/new/", {**NEW, "number": "c-1"})
    assert answer.status_code == 422
    assert "has a contract C-1 already" in answer.content.decode()


def test_support_sees_seats_and_dates_and_no_price_or_reason(contract, alma):
    maria = signed_in(cast.maria_the_specialist())
    page = page_of(maria, contract)
    assert "40 seats" in page
    assert "31 Dec 2026" in page
    for secret in ("12,345.00", "A day on site", "/edit/", "/hours/use/"):
        assert secret not in page
        assert secret in page_of(alma, contract)


def test_a_success_manager_reads_all_and_books_hours_and_changes_nothing(contract):
    sam = signed_in(cast.sam_the_success_manager())
    page = page_of(sam, contract)
    assert "12,345.00" in page
    assert "/hours/use/" in page
    assert "/renewals/" not in page
    assert sam.get(f"/desk/contracts/{contract.pk}/edit/").status_code == 403
    booked = sam.post(f"/desk/contracts/{contract.pk}/hours/use/", {"hours": "9", "on": "2026-06-09"})
    assert booked.status_code == 422, "8 h 30 are left"
    booked = sam.post(f"/desk/contracts/{contract.pk}/hours/use/", {"hours": "1.5", "on": "2026-06-09"})
    assert booked.status_code == 302
    assert HoursEntry.objects.latest("pk").minutes == 90


def test_a_booking_is_taken_back_once(contract, alma):
    entry = HoursEntry.objects.get(line="used")
    for _time in range(2):
        alma.post(f"/desk/contracts/{contract.pk}/hours/{entry.pk}/reversal/")
    assert HoursEntry.objects.filter(line="reversed").count() == 1
    assert "10 h left of 10 h" in page_of(alma, contract)


def test_a_renewal_is_decided_with_its_reason(contract, alma):
    renewal = Renewal.objects.get()
    address = f"/desk/contracts/{contract.pk}/renewals/{renewal.pk}/"
    assert alma.post(address, {"outcome": "lost"}).status_code == 422
    lost = {"outcome": "lost", "reason": "Bought by a county", "avoidable": "false"}
    assert alma.post(address, lost).status_code == 302
    page = page_of(alma, contract)
    assert "Bought by a county" in page
    assert "could not be avoided" in page
    assert Subscription.objects.get().ends_on == date(2026, 12, 31)
    assert "Bought by a county" not in page_of(signed_in(cast.maria_the_specialist()), contract)


def test_a_price_finer_than_its_currency_is_no_price(contract, alma):
    sent = {"product": cast.roadworks().pk, "price": "1.005", "period": "year", "starts_on": "2026-07-01"}
    answer = alma.post(f"/desk/contracts/{contract.pk}/subscriptions/new/", sent)
    assert answer.status_code == 422
    assert "finer than the currency" in answer.content.decode()


def test_the_tab_and_the_page_cost_the_same_for_ten_and_for_twenty(alma):
    by = cast.alma_the_account_manager()
    account, product = cast.elm_falls(), cast.roadworks()
    costs = []
    for batch in range(2):
        for number in range(10):
            agreed = Agreed(number=f"N-{batch}-{number}", hours_a_year_minutes=60)
            made = open_contract(account, NewContract(agreed=agreed, starts_on=NEW_YEAR), by=by)
        first = Contract.objects.earliest("pk")
        for _row in range(10):
            bought = NewSubscription(product=product, price_cents=100, starts_on=NEW_YEAR)
            subscribe(first, bought, by=by)
        decide_renewal(Renewal.objects.filter(term__contract=made).get(), Decision(outcome="renewed"), by=by)
        tab = queries_of(alma, f"/desk/accounts/{account.pk}/contracts/")
        costs.append((tab, queries_of(alma, f"/desk/contracts/{first.pk}/")))
    assert costs[0] == costs[1]


def test_a_lead_takes_a_reason_out(contract):
    lea = signed_in(cast.lea_the_lead())
    entry = HoursEntry.objects.get(line="used")
    assert lea.post(f"/desk/contracts/{contract.pk}/hours/{entry.pk}/redaction/").status_code == 302
    assert "A day on site" not in page_of(lea, contract)
