"""What an engagement takes of the hours that were paid for ahead, and dates of contracts in the calendar."""

from __future__ import annotations

import pytest

from keepwell.contracts.models import Contract
from keepwell.contracts.queries import hours_of
from keepwell.contracts.refusals import HoursGone
from keepwell.contracts.tests.conftest import a_contract
from keepwell.contracts.verbs.opening import open_contract
from keepwell.contracts.verbs.using_hours import reverse_hours
from keepwell.success.engagements.models import Engagement
from keepwell.success.engagements.refusals import NotNow, NotOfThisAccount
from keepwell.success.engagements.tests.elm_falls import HOUR, NEXT_WEEK, scheduled
from keepwell.success.engagements.tests.test_calendars import titles
from keepwell.success.engagements.verbs.holding import close, hold
from keepwell.success.engagements.verbs.prepaid_hours import take_from_prepaid
from tests import cast


@pytest.fixture
def contract(account, alma) -> Contract:
    """Ten prepaid hours a year."""
    return open_contract(account, a_contract("C-1"), by=alma)


@pytest.fixture
def held(account, sam, dana, clock_at) -> Engagement:
    engagement = scheduled(account, sam, dana)
    clock_at(NEXT_WEEK + HOUR)
    return hold(engagement, by=sam)


def test_what_counts_is_taken_once_and_again_after_it_was_taken_back(held, contract, sam):
    with pytest.raises(NotNow):
        take_from_prepaid(held, contract, by=sam)
    close(held, "reached", is_nothing_next=True, minutes_used=90, by=sam)
    taken = take_from_prepaid(held, contract, by=sam)
    assert take_from_prepaid(held, contract, by=sam) == taken
    assert hours_of(contract, NEXT_WEEK.date()).left == 510
    assert (taken.cause_kind, taken.cause_id) == ("engagement", held.pk)
    reverse_hours(taken, by=sam)
    assert take_from_prepaid(held, contract, by=sam) != taken
    assert hours_of(contract, NEXT_WEEK.date()).left == 510


def test_more_than_is_left_is_refused_and_none_takes_nothing(held, contract, sam, alma):
    close(held, "reached", is_nothing_next=True, minutes_used=601, by=sam)
    with pytest.raises(HoursGone):
        take_from_prepaid(held, contract, by=sam)
    foreign = open_contract(cast.another_town(), a_contract("C-2"), by=alma)
    with pytest.raises(NotOfThisAccount):
        take_from_prepaid(held, foreign, by=sam)
    Engagement.objects.filter(pk=held.pk).update(minutes_used=None)
    assert take_from_prepaid(held, contract, by=sam) is None


def test_the_dates_of_contracts_stand_in_the_calendar_of_whoever_looks_after_the_account(
    contract, sam, alma, dana
):
    expected = ["Last day for notice: Town of Elm Falls", "Term ends: Town of Elm Falls"]
    assert [title for title in titles(alma) if "Elm Falls" in title] == expected
    assert titles(cast.maria_the_specialist()) == titles(dana) == []
