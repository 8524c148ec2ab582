from __future__ import annotations

from datetime import UTC, datetime

import pytest

from keepwell.calendars.compiled import working_time_of
from keepwell.calendars.models import WorkingCalendar
from keepwell.calendars.verbs.publishing import create_calendar
from keepwell.calendars.working_time import WorkingTime
from keepwell.cases.new_case import NewCase
from keepwell.cases.verbs.opening import open_case
from keepwell.conversations.words import Words
from keepwell.customers.queries import contact_of
from keepwell.people.actors import System
from keepwell.service_levels.calendar_effects import effect_of
from keepwell.service_levels.models import Clock
from keepwell.service_levels.reference import REFERENCE_COMMITMENTS, REFERENCE_HOURS
from keepwell.service_levels.verbs.policies import PolicyTerms, create_policy
from tests import cast

pytestmark = pytest.mark.django_db

BY_TEST = System("test")
NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def hours(clock_at) -> WorkingCalendar:
    clock_at(NOW)
    hours = create_calendar("Support hours", REFERENCE_HOURS, by=BY_TEST, is_default=True)
    create_policy(
        "Guidelines",
        PolicyTerms(calendar=hours, commitments=REFERENCE_COMMITMENTS),
        by=BY_TEST,
        is_default=True,
    )
    return hours


def with_closed(*dates: str) -> WorkingTime:
    return WorkingTime.parse({**REFERENCE_HOURS, "exceptions": {on: [] for on in dates}})


def a_case() -> None:
    dana = cast.dana_at_elm_falls()
    words = Words(body="It stands still.", channel="portal")
    open_case(NewCase(subject="Stands still", contact=contact_of(dana), words=words), by=dana)


def effect(hours: WorkingCalendar, after: WorkingTime):
    return effect_of(hours, working_time_of(hours.versions.get()), after, at=NOW)


def test_the_days_that_change_are_named(hours):
    found = effect(hours, with_closed("2026-12-24", "2026-12-26"))
    assert [new.on.isoformat() for _old, new in found.days] == ["2026-12-24"]


def test_running_promises_that_cross_the_day_would_move_and_none_does(hours):
    a_case()
    dues = dict(Clock.objects.values_list("pk", "due_at"))
    found = effect(hours, with_closed("2026-11-24"))
    assert found.looked_at == Clock.objects.filter(state="running").count()
    assert 0 < found.moved <= found.looked_at
    moved = next(one for one in found.examples if one.metric == "initial_contact")
    assert moved.before == datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
    assert moved.after == datetime(2026, 11, 25, 15, 0, tzinfo=UTC)
    assert dict(Clock.objects.values_list("pk", "due_at")) == dues


def test_promises_that_begin_just_before_are_told_even_if_none_runs(hours):
    found = effect(hours, with_closed("2026-12-25"))
    first = next(
        one for one in found.new_ones if one.metric == "initial_contact" and one.severity == "normal"
    )
    assert found.looked_at == 0
    assert first.start == datetime(2026, 12, 24, 14, 0, tzinfo=UTC)
    assert first.before == datetime(2026, 12, 25, 14, 0, tzinfo=UTC)
    assert first.after == datetime(2026, 12, 28, 14, 0, tzinfo=UTC)


def test_a_change_that_changes_nothing_moves_nothing(hours):
    a_case()
    found = effect(hours, with_closed("2026-11-28"))
    assert (found.days, found.moved, found.new_ones) == ((), 0, ())
