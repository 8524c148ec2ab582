"""The same history under other promises, and nothing of it stored."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from keepwell.cases.models import Case
from keepwell.cases.tests.elm_falls import ENOUGH
from keepwell.cases.verbs.escalating import Destination, accept, escalate
from keepwell.cases.verbs.merging import merge
from keepwell.journal.models import Entry
from keepwell.service_levels.attainment import attainment_of
from keepwell.service_levels.cohorts import cohort_of
from keepwell.service_levels.measuring import EVERYTHING, Narrowing, selection_of
from keepwell.service_levels.models import Clock
from keepwell.service_levels.reference import REFERENCE_COMMITMENTS, REFERENCE_HOURS
from keepwell.service_levels.terms import Allowance
from keepwell.service_levels.tests.conftest import at
from keepwell.service_levels.tests.test_attainment import solved, watched  # noqa: F401
from keepwell.service_levels.what_if import Edited, edited_cohort
from keepwell.service_levels.windows import Window
from tests import cast

pytestmark = pytest.mark.django_db

JUNE = Window(first=date(2026, 6, 1), last=date(2026, 6, 30), zone=ZoneInfo("America/Chicago"))
AS_IT_IS = Edited(
    allowances={
        (one.metric, one.severity): Allowance(amount=one.amount, unit=one.unit)
        for one in REFERENCE_COMMITMENTS
    },
    hours=REFERENCE_HOURS,
)


def edited(metric, severity, amount, unit="hours"):
    return replace(
        AS_IT_IS,
        allowances={**AS_IT_IS.allowances, (metric, severity): Allowance(amount=Decimal(amount), unit=unit)},
    )


@pytest.fixture
def busy(opened, answered, solved):  # noqa: F811
    """A few days of every kind: solved in time and late, waiting, open, late and open."""
    for severity in ("high", "normal", "low"):
        solved(severity, "9 12:00", "9 15:00")
        solved(severity, "9 22:00", "18 15:00")
        waiting = opened(severity, "10 14:00")
        answered(waiting, "10 20:00", intention="wait")
        answered(opened(severity, "11 07:00"), "11 16:00")
        opened(severity, "12 19:00")


@pytest.mark.parametrize("metric", ["initial_contact", "follow_up", "resolution", "overall"])
@pytest.mark.parametrize("now", ["18 15:00", "28 12:00"])
def test_under_the_promises_that_held_it_is_what_was(watched, busy, metric, now):  # noqa: F811
    for severity in ("any",) if metric == "overall" else ("high", "normal", "low"):
        selection = selection_of(watched(metric, severity), JUNE)
        kept, again = (
            np.sort(cohort.columns, order=["case", "started"])
            for cohort in (
                cohort_of(selection, at=at(now)),
                edited_cohort(selection, AS_IT_IS, at=at(now)),
            )
        )
        assert kept.size > 0
        for name in kept.dtype.names:
            assert kept[name].tolist() == pytest.approx(again[name].tolist()), name


def test_with_twice_the_time_fewer_are_missed(watched, busy):  # noqa: F811
    selection = selection_of(watched("resolution", "high"), JUNE)
    was = attainment_of(cohort_of(selection, at=at("28 12:00"))).counts
    milder = attainment_of(
        edited_cohort(selection, edited("resolution", "high", 24 * 10), at=at("28 12:00"))
    ).counts
    assert (was.met, was.missed) == (1, 3)
    assert (milder.met, milder.missed) == (2, 2)
    assert milder.clocks == was.clocks


def test_if_what_is_normal_had_been_high(watched, busy):  # noqa: F811
    selection = selection_of(watched("resolution", "high"), JUNE)
    graver = replace(AS_IT_IS, severities={"normal": "high"})
    assert edited_cohort(selection, graver, at=at("28 12:00")).columns.size == 10


@pytest.mark.parametrize(
    ("promised", "is_missed"),
    [
        (AS_IT_IS, True),
        (edited("resolution", "high", 24 * 10), False),
        (replace(AS_IT_IS, severities={"low": "high"}), True),
    ],
)
def test_a_merged_case_hands_over_what_it_would_have_been_promised(
    watched,  # noqa: F811
    opened,
    maria,
    promised,
    is_missed,
):
    """The older of the two is merged into the younger, an hour before it was due."""
    older = opened("low" if promised.severities else "high", "9 12:00")
    younger = opened("high", "10 10:00")
    merge(older, younger, by=maria, at=at("10 11:00"))
    selection = selection_of(watched("resolution", "high"), JUNE)
    found = edited_cohort(selection, promised, at=at("11 09:00")).columns
    of_younger = found[found["case"] == younger.pk]
    assert of_younger["is_missed"].tolist() == [is_missed]
    assert of_younger["started"].tolist() == [at("9 12:00").timestamp()]


def test_nothing_of_it_is_stored(watched, busy):  # noqa: F811
    before = (list(Clock.objects.order_by("pk").values()), Entry.objects.count())
    edited_cohort(
        selection_of(watched("resolution", "high"), JUNE), edited("resolution", "high", 1), at=at("28 12:00")
    )
    assert (list(Clock.objects.order_by("pk").values()), Entry.objects.count()) == before


@pytest.fixture
def handed_on(busy, opened, answered, maria):
    """Of what is busy, two High cases that the second level took over: one late already, one not yet."""
    late, young = Case.objects.filter(severity="high").order_by("pk")[3:]
    second = Destination(level=2, team=cast.team_at(2))
    for case, day in ((late, "13 15:00"), (young, "13 16:00")):
        escalate(case, second, ENOUGH, by=maria, at=at(day))
        accept(case, by=cast.theo_at_level_two(), at=at(day) + timedelta(hours=1))
        answered(case, "14 17:00")
    return late, young


@pytest.mark.parametrize("metric", ["initial_contact", "follow_up", "resolution"])
@pytest.mark.parametrize("by", ["level", "team", "cases", "all of it"])
def test_narrowed_it_is_of_the_same_clocks_alone(watched, handed_on, metric, by):  # noqa: F811
    narrowing = {
        "level": Narrowing(level=2),
        "team": Narrowing(team=cast.team_at(2).pk),
        "cases": Narrowing(cases=(handed_on[0].pk,)),
        "all of it": Narrowing(level=2, team=cast.team_at(2).pk, cases=(handed_on[1].pk,)),
    }[by]
    version = watched(metric, "high")
    kept, whole = (
        cohort_of(selection_of(version, JUNE, one), at=at("18 15:00")) for one in (narrowing, EVERYTHING)
    )
    again = edited_cohort(selection_of(version, JUNE, narrowing), AS_IT_IS, at=at("18 15:00"))
    clocks, same = (
        sorted(zip(*(one.columns[name].tolist() for name in ("case", "started", "is_missed")), strict=True))
        for one in (kept, again)
    )
    assert clocks == same
    assert kept.columns.size < whole.columns.size


def test_a_severity_read_otherwise_moves_a_clock_in_of_the_same_part_only(watched, handed_on):  # noqa: F811
    graver = replace(AS_IT_IS, severities={"normal": "high"})
    first = Case.objects.filter(severity="normal").order_by("pk")[0]
    alone = selection_of(watched("resolution", "high"), JUNE, Narrowing(cases=(first.pk,)))
    assert edited_cohort(alone, graver, at=at("28 12:00")).columns["case"].tolist() == [first.pk]
