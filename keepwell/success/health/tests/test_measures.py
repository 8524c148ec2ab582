"""What a card looks at, as it is read of what other slices know."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from keepwell.customers.models import Account, Lifecycle
from keepwell.journal.recording import record
from keepwell.people.actors import System
from keepwell.success.health.jobs import see_again
from keepwell.success.health.measures import MEASURES
from keepwell.success.health.measures.used import reader_of
from keepwell.success.health.models import HealthSnapshot
from keepwell.success.health.scoring import Reading
from keepwell.success.health.usual import BREADTH, ESTABLISHED, YOUNG
from keepwell.success.health.verbs.snapshotting import take_snapshots
from keepwell.usage.models import MetricDay, RolledDay
from tests import cast

pytestmark = pytest.mark.django_db
BY = System("test")
MIDNIGHT, DAY = datetime(2026, 6, 10, tzinfo=UTC), timedelta(days=1)
YESTERDAY = date(2026, 6, 9)


@pytest.fixture(autouse=True)
def in_the_morning(clock_at) -> None:
    clock_at(MIDNIGHT + 9 * DAY / 24)


@pytest.fixture
def town() -> Account:
    account = cast.elm_falls()
    account.lifecycle = Lifecycle.LIVE
    account.save()
    account.deployments.create(product=cast.roadworks(), live_on=date(2025, 1, 7), added_at=MIDNIGHT)
    return account


def was(account: Account, day: date, share: Fraction | None, state: str = "known") -> None:
    MetricDay.objects.create(
        account=account,
        metric="breadth",
        day=day,
        state=state,
        numerator=share.numerator if share is not None else None,
        denominator=share.denominator if share is not None else None,
    )


def test_every_measure_of_the_usual_cards_is_read():
    assert set(ESTABLISHED.measures) | set(YOUNG.measures) == set(MEASURES)


def test_use_is_that_of_the_last_whole_day(town):
    was(town, YESTERDAY - DAY, Fraction(1, 4))
    was(town, YESTERDAY, Fraction(1, 2))
    was(town, YESTERDAY + DAY, Fraction(1))
    read = reader_of("breadth")([town.pk], MIDNIGHT)
    assert read == {town.pk: Reading(value=Fraction(1, 2), read_at=MIDNIGHT)}


def test_of_a_silent_feed_the_last_day_that_was_known_counts_and_is_as_old_as_it_is(town):
    was(town, YESTERDAY - 9 * DAY, Fraction(1, 4))
    was(town, YESTERDAY, Fraction(1, 4), "stale")
    read = reader_of("breadth")([town.pk], MIDNIGHT)
    assert read == {town.pk: Reading(value=Fraction(1, 4), read_at=MIDNIGHT - 9 * DAY)}


def test_what_does_not_apply_or_was_never_told_is_not_a_nought(town):
    was(town, YESTERDAY, None, "not_applicable")
    assert reader_of("breadth")([town.pk], MIDNIGHT) == {town.pk: Reading(applies=False)}
    assert reader_of("trend")([town.pk], MIDNIGHT) == {}
    MetricDay.objects.update(state="missing")
    assert reader_of("breadth")([town.pk], MIDNIGHT) == {town.pk: Reading()}


def test_late_data_make_a_new_snapshot_once_they_are_measured(town):
    was(town, YESTERDAY, Fraction(1, 2))
    [old] = take_snapshots(as_of=MIDNIGHT, by=BY)
    late = {"first_on": "2026-06-09", "last_on": "2026-06-09", "days": 1}
    record("usage.told_late", by=BY, subjects=[("account", town.pk)], facts=late)
    [job] = ProcrastinateJob.objects.filter(task_name="health.take_again")
    MetricDay.objects.update(numerator=3, denominator=4)
    rolled = RolledDay.objects.create(day=YESTERDAY, is_unmeasured=True)
    see_again(**job.args)
    assert HealthSnapshot.objects.standing().get() == old
    assert ProcrastinateJob.objects.filter(task_name="health.take_again").count() == 2
    rolled.is_unmeasured = False
    rolled.save()
    see_again(**job.args)
    new = HealthSnapshot.objects.standing().get()
    assert (new.replaces, new.read[BREADTH].value) == (old, Fraction(3, 4))
