"""From counts to metrics of every day: what is known, stale, not applicable; late data; broken feeds."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest

from keepwell.journal.models import Entry
from keepwell.usage.models import MetricDay, RolledDay, Source
from keepwell.usage.queries import feeds_of, last_measured_on, readings_on
from keepwell.usage.season import Basis
from keepwell.usage.tests.told import NOW, count, tell, track
from keepwell.usage.verbs.measuring import measure
from keepwell.usage.verbs.watching import watch

pytestmark = pytest.mark.django_db

FIRST = date(2026, 6, 1)


def each_day(first: date, days: int, users: int = 2) -> list[dict]:
    return [
        track(f"m-{step}-{user}", "Plow sent", f"{first + timedelta(days=step)} 15", user=f"u-{user}")
        for step in range(days)
        for user in range(users)
    ]


def state_on(day: date) -> dict[str, tuple[str, Fraction | None]]:
    return {row.metric: (row.state, row.value) for row in readings_on(day)}


def worked_out(*, at: datetime = NOW) -> None:
    count(at=at)
    measure(at=at)


def test_every_day_since_the_first_has_its_metrics_and_today_has_none_yet(source, town):
    tell(source, each_day(FIRST, 3))
    worked_out()
    assert last_measured_on(town.account) == NOW.date() - timedelta(days=1)
    days = MetricDay.objects.filter(metric="active_28").order_by("day").values_list("day", flat=True)
    assert list(days) == [FIRST + timedelta(days=step) for step in range(29)]
    assert measure(at=NOW) == 0


def test_a_day_is_worked_out_once_it_is_over_for_every_customer(source, town):
    tell(source, each_day(FIRST, 2))
    worked_out(at=datetime(2026, 6, 3, 9, 59, tzinfo=UTC))
    assert last_measured_on(town.account) == date(2026, 6, 1)
    worked_out(at=datetime(2026, 6, 3, 10, tzinfo=UTC))
    assert last_measured_on(town.account) == date(2026, 6, 2)
    assert not Entry.objects.filter(kind="usage.told_late").exists()


def test_what_an_account_five_days_old_can_say(source, town):
    tell(source, each_day(FIRST, 5))
    worked_out(at=datetime(2026, 6, 6, 12, tzinfo=UTC))
    said = state_on(date(2026, 6, 5))
    assert said["active_1"] == ("known", 2)
    assert said["active_28"] == ("known", 2)
    assert said["stickiness"] == ("known", Fraction(5, 28))
    assert said["breadth"] == ("known", 1)
    assert said["trend"] == ("missing", None)
    assert said["licences_active"] == ("not_applicable", None)
    assert said["first_use"] == ("not_applicable", None)
    assert said["first_value"] == ("known", (FIRST - date(2026, 1, 5)).days)


def test_an_account_that_nothing_tells_of_has_no_rows(source, town, other_town):
    tell(source, each_day(FIRST, 2))
    worked_out()
    assert not MetricDay.objects.filter(account=other_town.account_id).exists()
    assert last_measured_on(other_town.account) is None


def test_a_silent_source_freezes_what_is_known_and_is_told_from_an_unhappy_customer(source, town, other_town):
    # The other town goes on until the 20th, this one falls quiet after five days: it uses it no more.
    theirs = [
        {**one, "messageId": f"o-{one['messageId']}", "context": {"groupId": "another-town"}}
        for one in each_day(FIRST, 20)
    ]
    tell(source, [*each_day(FIRST, 5), *theirs])
    worked_out()
    quiet, gone = date(2026, 6, 20), date(2026, 6, 29)
    ours = {row.account_id: row for row in MetricDay.objects.filter(metric="active_7", day=quiet)}
    assert (ours[town.account_id].state, ours[town.account_id].value) == ("known", 0)
    assert (ours[other_town.account_id].state, ours[other_town.account_id].value) == ("known", 2)
    frozen = {row.account_id: row for row in MetricDay.objects.filter(metric="active_7", day=gone)}
    assert (frozen[other_town.account_id].state, frozen[other_town.account_id].value) == ("stale", 2)


def test_late_data_are_counted_on_their_day_and_it_is_told(source, town):
    tell(source, each_day(FIRST, 20))
    worked_out()
    before = state_on(date(2026, 6, 10))["active_28"]
    tell(source, [track("late", "Plow sent", "2026-06-09 15", user="u-9")])
    worked_out()
    assert before == ("known", 2)
    assert state_on(date(2026, 6, 8))["active_28"] == ("known", 2)
    assert state_on(date(2026, 6, 10))["active_28"] == ("known", 3)
    told = Entry.objects.get(kind="usage.told_late")
    assert told.facts == {"first_on": "2026-06-09", "last_on": "2026-06-09", "days": 1}
    assert told.ids_of("account") == [town.account_id]


def test_what_was_silent_is_known_once_it_was_told_after_all(source, town):
    tell(source, each_day(FIRST, 5))
    worked_out()
    assert state_on(date(2026, 6, 20))["active_1"][0] == "stale"
    tell(source, [{**one, "messageId": f"late-{one['messageId']}"} for one in each_day(date(2026, 6, 6), 20)])
    worked_out()
    assert state_on(date(2026, 6, 20))["active_1"] == ("known", 2)


def test_a_trend_says_what_it_is_held_against(source, town):
    last = NOW.date() - timedelta(days=1)
    first = last - timedelta(days=150)
    tell(
        source,
        [track("first", "Plow sent", f"{first} 15"), *each_day(last - timedelta(days=27), 28, users=1)],
    )
    count()
    # All days but the last were worked out before: two people were active in each 28 days.
    RolledDay.objects.exclude(day=last).update(is_unmeasured=False)
    for step in range(150):
        day = first + timedelta(days=step)
        MetricDay.objects.create(
            account=town.account, metric="active_28", day=day, state="known", numerator=2, denominator=1
        )
    measure(at=NOW)
    trend = MetricDay.objects.get(metric="trend", day=last)
    assert trend.basis == Basis.TRAILING
    assert (trend.state, trend.value) == ("known", Fraction(-1, 2))


def test_a_source_falls_silent_once_and_is_heard_again(source, town):
    tell(source, each_day(FIRST, 1))
    for later in (0, 71, 80, 90):
        watch(at=NOW + timedelta(hours=later))
    source = Source.objects.get(pk=source.pk)
    assert source.silent_since == NOW + timedelta(hours=80)
    assert feeds_of(town.account)[0].is_broken
    tell(source, each_day(FIRST, 1), at=NOW + timedelta(hours=91))
    watch(at=NOW + timedelta(hours=91))
    kinds = Entry.objects.about("source", source.pk).values_list("kind", flat=True)
    assert [kind for kind in kinds if kind != "source.added"] == ["source.fell_silent", "source.heard_again"]
    assert not feeds_of(town.account)[0].is_broken


def test_a_source_that_was_never_heard_is_not_silent(source):
    watch(at=NOW + timedelta(days=90))
    assert Source.objects.get(pk=source.pk).silent_since is None
