"""What the last snapshot said of renewals that have ended."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest

from keepwell.contracts.models import Renewal
from keepwell.contracts.new_contract import Agreed, Decision, NewContract
from keepwell.contracts.terms import Outcome
from keepwell.contracts.verbs.deciding import decide_renewal
from keepwell.contracts.verbs.opening import open_contract
from keepwell.customers.details import AccountDetails
from keepwell.customers.models import Account
from keepwell.customers.verbs.opening import open_account
from keepwell.people.actors import System
from keepwell.success.health.back_test import back_test
from keepwell.success.health.cards import Band
from keepwell.success.health.foretelling import renewals_foretold
from keepwell.success.health.models import HealthSnapshot, ScorecardVersion
from keepwell.success.health.verbs.publishing import publish_usual_cards

pytestmark = pytest.mark.django_db
BY = System("test")
END = datetime(2025, 12, 31, tzinfo=UTC)


@pytest.fixture(autouse=True)
def in_june(clock_at) -> None:
    clock_at(datetime(2026, 6, 9, 14, tzinfo=UTC))
    publish_usual_cards(by=BY)


def ended(name: str, outcome: Outcome, *, segment: str = "Small") -> Account:
    """An account whose contract ran for the year 2025, and what became of it."""
    account = open_account(name, AccountDetails(segment=segment), by=BY)
    terms = NewContract(agreed=Agreed(number=name), starts_on=date(2025, 1, 1))
    open_contract(account, terms, by=BY, at=END - timedelta(days=365))
    renewal = Renewal.objects.get(term__contract__account=account, outcome="")
    reason = "" if outcome is Outcome.RENEWED else "The new council saves."
    decide_renewal(renewal, Decision(outcome=outcome, reason=reason), by=BY, at=END)
    return account


def seen(account: Account, days_before: int, band: Band, score: str, trend: str = "0") -> None:
    as_of = END - timedelta(days=days_before)
    HealthSnapshot.objects.create(
        account=account,
        version=ScorecardVersion.objects.first(),
        as_of=as_of,
        made_at=as_of,
        readings={"trend": {"value": trend, "read_at": as_of.isoformat()}},
        score=score,
        coverage="1",
        band=band,
        is_sufficient=True,
    )


def test_each_renewal_has_what_the_last_snapshot_before_that_day_said():
    lost = ended("Lost Town", Outcome.LOST)
    seen(lost, 200, Band.GREEN, "85")
    seen(lost, 185, Band.AMBER, "121/2", "-1/5")
    seen(lost, 170, Band.RED, "30")
    [one] = renewals_foretold(days_before=180)
    assert (one.band, one.score, one.trend, one.is_lost) == (
        Band.AMBER,
        Fraction(121, 2),
        Fraction(-1, 5),
        True,
    )
    [later] = renewals_foretold(days_before=90)
    assert later.band == Band.RED


def test_who_was_red_without_a_break_until_the_end_was_warned_for_so_long():
    lost = ended("Lost Town", Outcome.LOST)
    for days, band in ((300, Band.RED), (200, Band.AMBER), (120, Band.RED), (30, Band.RED)):
        seen(lost, days, band, "30")
    assert renewals_foretold(days_before=180)[0].warned_days == 120
    seen(lost, 10, Band.AMBER, "50")
    assert renewals_foretold(days_before=180)[0].warned_days is None


def test_of_an_account_that_nobody_looked_at_too_little_was_known():
    ended("New Town", Outcome.RENEWED)
    [one] = renewals_foretold(days_before=180)
    assert (one.band, one.score, one.is_lost) == (Band.INSUFFICIENT, None, False)


def test_a_segment_is_looked_at_alone():
    ended("Small Town", Outcome.RENEWED)
    ended("Large Town", Outcome.LOST, segment="Large")
    assert [one.is_lost for one in renewals_foretold(days_before=180, segment="Large")] == [True]
    found = back_test(renewals_foretold(days_before=180))
    assert (found.of, found.lost, found.may_tune) == (2, 1, False)


def test_as_many_questions_for_two_renewals_as_for_one(django_assert_max_num_queries):
    seen(ended("One", Outcome.LOST), 200, Band.RED, "20")
    seen(ended("Two", Outcome.LOST), 200, Band.RED, "20")
    with django_assert_max_num_queries(3):
        assert len(renewals_foretold(days_before=180)) == 2
