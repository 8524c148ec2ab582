"""How often a customer is met: one ahead, moved and not doubled."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from keepwell.people.verbs.deactivating import deactivate
from keepwell.success.engagements.models import AHEAD, Cadence, Engagement, Origin, State
from keepwell.success.engagements.recurring import QUARTERLY, RuleRefused
from keepwell.success.engagements.refusals import NotSomebodyWhoHolds
from keepwell.success.engagements.tests.elm_falls import DAY, NEXT_WEEK
from keepwell.success.engagements.verbs.cadences import (
    NewCadence,
    end_cadence,
    plan_next,
    set_cadence,
    without_one_ahead,
)
from keepwell.success.engagements.verbs.ending import cancel
from keepwell.success.engagements.verbs.holding import hold
from keepwell.success.engagements.verbs.scheduling import move, schedule
from tests import cast

JUNE = date(2026, 6, 16)


@pytest.fixture
def cadence(account, sam):
    return set_cadence(account, quarterly(sam), by=sam)


def quarterly(host, **given):
    return NewCadence(
        **{"kind": "business_review", "rule": QUARTERLY, "starts_on": JUNE, "host": host, **given}
    )


def ahead(cadence):
    return list(cadence.engagements.filter(state__in=AHEAD))


def test_the_first_is_proposed_at_once_and_no_customer_sees_it(cadence, dana):
    (first,) = ahead(cadence)
    assert (first.wanted_on, first.origin, first.origin_id) == (JUNE, Origin.CADENCE, cadence.pk)
    assert (first.kind, first.host, first.told_at) == ("business_review", cadence.host, None)
    assert not Engagement.objects.visible_to(cast.carl_the_administrator_of_elm_falls()).exists()


def test_there_is_one_ahead_whatever_happens_to_it(cadence, sam, clock_at):
    (first,) = ahead(cadence)
    assert plan_next(cadence) is None
    schedule(first, NEXT_WEEK, by=sam)
    move(first, NEXT_WEEK + 9 * DAY, by=sam)
    assert ahead(cadence) == [first]
    clock_at(NEXT_WEEK + 9 * DAY)
    hold(first, by=sam)
    (second,) = ahead(cadence)
    # Moved into the next month, the next is still of the rule.
    assert second.wanted_on == date(2026, 9, 16)
    cancel(second, by=sam)
    (third,) = ahead(cadence)
    assert third.wanted_on == date(2026, 12, 16)
    with pytest.raises(IntegrityError, match="one_ahead_of_each_cadence"), transaction.atomic():
        Engagement.objects.filter(pk=second.pk).update(state=State.PROPOSED)


def test_one_held_early_is_not_followed_by_the_day_it_was_moved_from(cadence, sam, clock_at):
    (first,) = ahead(cadence)
    clock_at(NEXT_WEEK - 3 * DAY)
    schedule(first, NEXT_WEEK - 2 * DAY, by=sam)
    clock_at(NEXT_WEEK - 2 * DAY)
    hold(first, by=sam)
    assert ahead(cadence)[0].wanted_on == date(2026, 9, 16)


def test_days_that_went_by_are_not_made_up_for(account, sam):
    cadence = set_cadence(account, quarterly(sam, starts_on=date(2025, 1, 16)), by=sam)
    assert ahead(cadence)[0].wanted_on == date(2026, 7, 16)


def test_another_of_its_kind_takes_its_place(cadence, account, sam, alma):
    (first,) = ahead(cadence)
    other = set_cadence(account, quarterly(alma), by=sam)
    cadence.refresh_from_db()
    first.refresh_from_db()
    assert (cadence.ended_at is not None, first.state) == (True, State.CANCELLED)
    assert [one.host for one in ahead(other)] == [alma]
    assert ahead(cadence) == []
    assert Cadence.objects.filter(ended_at=None).count() == 1


def test_ended_it_plans_no_more_and_what_has_a_time_takes_place(cadence, sam):
    (first,) = ahead(cadence)
    schedule(first, NEXT_WEEK, by=sam)
    end_cadence(cadence, by=sam)
    end_cadence(cadence, by=sam)
    first.refresh_from_db()
    assert first.state == State.SCHEDULED
    cancel(first, by=sam)
    assert ahead(cadence) == []


def test_whoever_left_is_planned_for_no_more_and_it_goes_on_with_somebody_else(cadence, sam, alma):
    (first,) = ahead(cadence)
    deactivate(sam, by=cast.CAST)
    cancel(first, by=alma)
    assert without_one_ahead() == [cadence]
    assert plan_next(cadence) is None


def test_a_rule_or_a_host_that_will_not_do_is_refused(account, sam):
    with pytest.raises(RuleRefused):
        set_cadence(account, quarterly(sam, rule="FREQ=DAILY"), by=sam)
    with pytest.raises(NotSomebodyWhoHolds):
        set_cadence(account, quarterly(cast.maria_the_specialist()), by=sam)
