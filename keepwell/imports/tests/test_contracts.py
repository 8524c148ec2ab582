"""Contracts, what is subscribed to and past renewals from files."""

from datetime import UTC, date, datetime

import pytest

from keepwell.contracts.models import Contract, Renewal, Subscription
from keepwell.contracts.queries import decided_renewals, hours_of
from keepwell.customers.verbs.products import add_module
from keepwell.imports.bringing_in import run
from keepwell.imports.report import Outcome
from tests import cast

pytestmark = pytest.mark.django_db

IMPORT = cast.System("import")
NINE = datetime(2026, 6, 9, 14, 0, tzinfo=UTC)
CONTRACTS = """\
number,account,term starts on,term ends on,title,began on,currency,renews,notice days,budget days,hours
K-1,Town of Elm Falls,2026-01-01,2026-12-31,Roads,2023-01-01,USD,yes,90,270,20
K-2,Another Town,2025-07-01,,,,EUR,by agreement,60,,
"""
SUBSCRIPTIONS = """\
contract,product,module,seats,price,period,starts on,ends on
K-1,Roadworks,,unlimited,"12,500.00",year,2026-01-01,
K-2,roadworks,signals,25,100,month,2025-07-01,2025-12-31
"""
RENEWALS = """\
contract;term ends on;term starts on;outcome;reason;avoidable;decided on
K-1;2025-12-31;2025-01-01;renewed;;;2025-10-01
K-1;2024-12-31;2024-01-01;contracted;One crew less;no;2024-11-12
K-2;2026-06-30;;lost;Merged with the county;no;2026-06-01
"""


@pytest.fixture(autouse=True)
def stands_at(clock_at):
    clock_at(NINE)


@pytest.fixture
def house(db):
    cast.elm_falls()
    cast.another_town()
    add_module(cast.roadworks(), "Signals", by=IMPORT)


def apply(kind, text):
    report = run(kind, text.encode(), is_applied=True, by=IMPORT)
    assert report.is_applied, report.sentences()
    return report


def words_of(kind, text):
    return [str(problem) for problem in run(kind, text.encode(), by=IMPORT).problems]


def all_three():
    return [apply("contracts", CONTRACTS), apply("subscriptions", SUBSCRIPTIONS), apply("renewals", RENEWALS)]


def test_they_come_in_and_the_same_again_is_no_news(house):
    assert [report.outcomes for report in all_three()] == [
        {Outcome.ADDED: 2},
        {Outcome.ADDED: 2},
        {Outcome.ADDED: 3},
    ]
    assert [set(report.outcomes) for report in all_three()] == [{Outcome.UNCHANGED}] * 3


def test_a_trial_keeps_nothing(house):
    assert run("contracts", CONTRACTS.encode(), by=IMPORT).outcomes == {Outcome.ADDED: 2}
    assert not Contract.objects.exists()


def test_what_was_agreed_is_kept(house):
    all_three()
    contract = Contract.objects.get(number="K-1")
    assert (contract.began_on, contract.budget_lead_days) == (date(2023, 1, 1), 270)
    assert hours_of(contract, date(2026, 6, 9)).granted == 1200
    assert [row.starts_on.year for row in contract.terms.all()] == [2024, 2025, 2026]
    unlimited, crew = Subscription.objects.order_by("pk")
    assert unlimited.is_unlimited
    assert unlimited.price_cents == 1_250_000
    assert (crew.seats, crew.currency, crew.ends_on) == (25, "EUR", date(2025, 12, 31))


def test_past_renewals_are_what_truth_is_asked_of(house):
    all_three()
    told = [(row.outcome, row.is_avoidable, row.decided_at.date()) for row in decided_renewals()]
    assert told == [
        ("contracted", False, date(2024, 11, 12)),
        ("renewed", None, date(2025, 10, 1)),
        ("lost", False, date(2026, 6, 1)),
    ]
    assert Renewal.objects.filter(outcome="").count() == 1


@pytest.mark.parametrize(
    ("kind", "heading", "line", "words"),
    [
        ("contracts", "number,account,start", "K-3,Town of Elm Fals,2026-01-01", "Town of Elm Falls"),
        ("contracts", "number,account,start", "K-3,Another Town,1/7/2026", "2026-06-09"),
        ("contracts", "number,account,start", "K-1,Another Town,2026-01-01", "another account"),
        ("contracts", "number,account,start", "K-1,Town of Elm Falls,2020-01-01", "come by renewals"),
        ("contracts", "number,account,start,notice", "K-3,Another Town,2026-01-01,soon", "whole number"),
        ("subscriptions", "contract,product,seats,start", "K-9,Roadworks,3,2026-01-01", "not known"),
        ("subscriptions", "contract,product,seats,start", "K-1,Roadwork,3,2026-01-01", "Roadworks"),
        ("subscriptions", "contract,product,seats,start", "K-1,Roadworks,none,2026-01-01", "whole number"),
        ("subscriptions", "contract,product,seats,start", "K-1,Roadworks,3,2026-01-01", "begin another"),
        ("subscriptions", "contract,product,seats,start,price", "K-1,Roadworks,3,2026-02-01,1.005", "amount"),
        ("renewals", "contract,end,outcome", "K-1,2019-12-31,renewed", "say when it started"),
        ("renewals", "contract,end,outcome", "K-2,2026-06-30,renewed", "known already"),
        ("renewals", "contract,end,outcome", "K-1,2026-12-31,lost", "still to come"),
        ("renewals", "contract,end,outcome,decided", "K-1,2026-12-31,lost,2026-05-01", "Say why"),
    ],
)
def test_a_line_that_cannot_be_says_why(house, kind, heading, line, words):
    all_three()
    told = words_of(kind, f"{heading}\n{line}\n")
    assert len(told) == 1
    assert told[0].startswith("line 2: ")
    assert words in told[0]
