"""How long a case can be reopened is promised by its policy, and fixed when the case ends."""

from datetime import timedelta

import pytest

from keepwell.cases.models import Case
from keepwell.cases.resolution import Resolution
from keepwell.cases.verbs.reopening import WindowIsOver, reopen
from keepwell.cases.verbs.resolving import resolve
from keepwell.service_levels.reference import REFERENCE_COMMITMENTS
from keepwell.service_levels.tests.conftest import INIT, LONG_AGO, at
from keepwell.service_levels.verbs.policies import (
    PolicyRefused,
    PolicyTerms,
    assign_policy,
    create_policy,
    publish_version,
)

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def promising(hours, days: int) -> PolicyTerms:
    return PolicyTerms(calendar=hours, commitments=REFERENCE_COMMITMENTS, reopen_days=days)


def solved(case, on) -> Case:
    return resolve(case, Resolution(), by=INIT, at=on)


def test_without_another_word_the_guidelines_give_fourteen_days(opened):
    assert solved(opened("high", "9 12:00"), at("9 13:00")).reopenable_until_at == at("9 13:00") + 14 * DAY


def test_an_account_with_other_guidelines_has_their_window(opened, support_hours, elm_falls):
    generous = create_policy("Generous", promising(support_hours, 30), by=INIT, at=LONG_AGO)
    assign_policy(elm_falls, generous, by=INIT, at=LONG_AGO)
    assert solved(opened("high", "9 12:00"), at("9 13:00")).reopenable_until_at == at("9 13:00") + 30 * DAY


def test_a_version_published_later_moves_no_window(opened, guidelines, support_hours):
    case = solved(opened("high", "9 12:00"), at("9 13:00"))
    publish_version(guidelines, promising(support_hours, 1), by=INIT, at=at("9 14:00"))
    assert reopen(case, by=INIT, at=at("20 12:00")).state == "open"
    again = solved(case, at("20 13:00"))
    assert again.reopenable_until_at == at("21 13:00")
    with pytest.raises(WindowIsOver):
        reopen(again, by=INIT, at=at("21 13:01"))


@pytest.mark.parametrize("days", [0, 367])
def test_a_window_is_one_day_at_least_and_a_year_at_most(support_hours, days):
    with pytest.raises(PolicyRefused, match="1 to 366 days"):
        create_policy("Odd", promising(support_hours, days), by=INIT, at=LONG_AGO)
