"""Guidelines are changed by people, from now on; what was promised stays."""

from dataclasses import replace
from decimal import Decimal

import pytest

from keepwell.calendars.verbs.publishing import publish_version as publish_calendar
from keepwell.people.permits import NotPermitted
from keepwell.service_levels.checking import clock_differences
from keepwell.service_levels.models import Clock, Commitment, Policy
from keepwell.service_levels.reference import REFERENCE_COMMITMENTS, REFERENCE_HOURS, CommitmentTerms
from keepwell.service_levels.tests.conftest import INIT, LONG_AGO, at
from keepwell.service_levels.verbs.policies import (
    PolicyRefused,
    PolicyTerms,
    assign_policy,
    create_policy,
    publish_version,
    withdraw_policy,
)

pytestmark = pytest.mark.django_db


def only(amount, unit="hours", *, metric="initial_contact", severity="high", objective=100):
    return CommitmentTerms(
        metric=metric, severity=severity, amount=Decimal(amount), unit=unit, objective=Decimal(objective)
    )


def terms(support_hours, *commitments, **other):
    return PolicyTerms(calendar=support_hours, commitments=commitments, **other)


def first_due(case, metric="initial_contact"):
    return Clock.objects.get(case=case, metric=metric).due_at


def test_the_published_guidelines_are_ten_promises(guidelines):
    promised = {(one.metric, one.severity): one for one in Commitment.objects.all()}
    assert len(promised) == 10
    assert promised["resolution", "high"].objective == 85
    assert promised["overall", "any"].objective == 70
    assert promised["initial_contact", "low"].unit == "end_of_business_day"


def test_a_new_version_holds_for_new_clocks_and_running_ones_keep_theirs(guidelines, support_hours, opened):
    before = opened("high", "9 12:00")
    publish_version(guidelines, terms(support_hours, only(2)), by=INIT, at=at("9 12:30"))
    after = opened("high", "9 13:00")
    assert first_due(before) == at("9 18:00")
    assert first_due(after) == at("9 15:00")
    assert list(clock_differences(at=at("9 14:00"))) == []


def test_a_new_calendar_version_holds_for_new_clocks_only(guidelines, support_hours, opened):
    before = opened("normal", "9 12:00")
    closed = {**REFERENCE_HOURS, "exceptions": {"2026-06-10": []}}
    publish_calendar(support_hours, closed, by=INIT, at=at("9 12:30"))
    after = opened("normal", "9 13:00")
    assert first_due(before) == at("10 12:00")
    assert first_due(after) == at("11 13:00")


def test_an_account_can_have_guidelines_of_its_own_from_now_on(guidelines, support_hours, opened, elm_falls):
    quick = create_policy("Premium", terms(support_hours, only(1)), by=INIT, at=LONG_AGO)
    before = opened("high", "9 12:00")
    assign_policy(elm_falls, quick, by=INIT, at=at("9 12:30"))
    during = opened("high", "9 13:00")
    withdraw_policy(elm_falls, by=INIT, at=at("9 13:30"))
    after = opened("high", "9 14:00")
    assert [first_due(case) for case in (before, during, after)] == [
        at("9 18:00"),
        at("9 14:00"),
        at("9 20:00"),
    ]
    assert list(clock_differences(at=at("9 15:00"))) == []


@pytest.mark.parametrize(
    "commitments",
    [
        (),
        (only(0),),
        (only(1.5, "business_days"),),
        (only(1, "fortnights"),),
        (only(1), only(2)),
        (only(1, metric="courtesy"),),
        (only(1, severity="dire"),),
        (only(1, severity="any"),),
        (only(1, metric="overall"),),
        (only(1, objective=0),),
        (only(1, objective=101),),
    ],
)
def test_promises_that_cannot_be_used_are_refused_in_words(support_hours, commitments):
    with pytest.raises(PolicyRefused):
        create_policy("Broken", terms(support_hours, *commitments), by=INIT, at=LONG_AGO)


def test_initial_contact_never_pauses(support_hours):
    with pytest.raises(PolicyRefused):
        create_policy(
            "Broken",
            terms(support_hours, only(1), pauses=frozenset({"initial_contact"})),
            by=INIT,
            at=LONG_AGO,
        )


def test_a_version_cannot_hold_from_the_past(guidelines, support_hours):
    backdated = terms(support_hours, only(1), effective_at=at("1 00:00"))
    with pytest.raises(PolicyRefused):
        publish_version(guidelines, backdated, by=INIT, at=at("9 12:00"))


def test_a_switch_of_the_policy_keeps_resolution_running_while_waiting(
    guidelines, support_hours, opened, answered
):
    strict = PolicyTerms(
        calendar=support_hours, commitments=REFERENCE_COMMITMENTS, pauses=frozenset({"follow_up"})
    )
    publish_version(guidelines, strict, by=INIT, at=at("9 11:00"))
    case = opened("high", "9 12:00")
    answered(case, "9 13:00", intention="wait")
    states = {one.metric: one.state for one in Clock.objects.filter(case=case)}
    assert states["resolution"] == "running"
    assert states["follow_up"] == "paused"


def test_a_specialist_publishes_no_guidelines(guidelines, support_hours, maria):
    with pytest.raises(NotPermitted):
        publish_version(guidelines, terms(support_hours, only(1)), by=maria, at=at("9 12:00"))
    assert Policy.objects.get().versions.count() == 1


def test_refused_promises_leave_nothing_behind(support_hours):
    with pytest.raises(PolicyRefused):
        create_policy("Broken", terms(support_hours, replace(only(1), unit="ages")), by=INIT, at=LONG_AGO)
    assert not Commitment.objects.exists()
