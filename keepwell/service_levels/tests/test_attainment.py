"""A guideline's figures, of cases that went through the verbs: counted by hand."""

from datetime import date, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from keepwell.cases.verbs.contacting import HandEntry, log_contact
from keepwell.cases.verbs.severity import Reassessment, change_severity
from keepwell.cases.verbs.spam import mark_spam
from keepwell.customers.verbs.products import add_product
from keepwell.service_levels.judging import NOT_KEPT, TOO_FEW
from keepwell.service_levels.measuring import Narrowing, figures_of, present_window, year_behind
from keepwell.service_levels.models import Guideline, YearBehind
from keepwell.service_levels.reference import REFERENCE_COMMITMENTS
from keepwell.service_levels.tests.conftest import INIT, LONG_AGO, at
from keepwell.service_levels.trailing import expected_to_start
from keepwell.service_levels.verbs.guidelines import (
    GuidelineRefused,
    Watched,
    change_guideline,
    create_guideline,
    end_guideline,
    watch_all_of,
)
from keepwell.service_levels.verbs.policies import PolicyTerms, publish_version
from keepwell.service_levels.windows import Window

pytestmark = pytest.mark.django_db

JUNE = Window(first=date(2026, 6, 1), last=date(2026, 6, 30), zone=ZoneInfo("America/Chicago"))


@pytest.fixture
def watched(guidelines):
    """watched("resolution", "high"): the version of the guideline of that promise."""
    watch_all_of(guidelines, by=INIT, at=LONG_AGO)

    def one(metric: str, severity: str):
        return Guideline.objects.get(versions__metric=metric, versions__severity=severity).versions.get()

    return one


@pytest.fixture
def solved(opened, answered):
    """solved("high", "9 12:00", "9 15:00"): opened then, answered and resolved then."""

    def solve(severity: str, when: str, end: str):
        case = opened(severity, when)
        answered(case, end, intention="resolve")
        return case

    return solve


def test_each_promise_of_the_policy_has_a_guideline(watched):
    assert Guideline.objects.count() == len(REFERENCE_COMMITMENTS) == 10
    assert watched("resolution", "high").guideline.name == "Resolution, High"
    assert watched("overall", "any").window == "month"


def test_met_missed_and_undecided_are_counted_and_the_young_one_is_no_miss(watched, solved, opened):
    solved("high", "9 12:00", "9 15:00")
    solved("high", "10 12:00", "10 15:00")
    solved("high", "11 12:00", "12 18:00")  # due on the 12th at noon
    opened("high", "15 12:00")
    found = figures_of(watched("resolution", "high"), JUNE, at=at("15 15:00"))
    counts = found.attainment.counts
    assert (counts.met, counts.missed, counts.undecided, counts.clocks) == (2, 1, 1, 4)
    # The open one stands at an eighth, where the other two stopped: it was watched until there.
    assert found.attainment.kept.share == pytest.approx(2 / 4 + 0)
    assert counts.decided.value == pytest.approx(2 / 3)
    assert found.objective == Decimal(85)
    assert found.verdict == TOO_FEW


def test_an_open_clock_past_its_due_is_missed_before_anybody_told(watched, opened):
    opened("high", "9 12:00")
    found = figures_of(watched("resolution", "high"), JUNE, at=at("10 12:01"))
    assert (found.attainment.counts.missed, found.attainment.counts.undecided) == (1, 0)


def test_only_what_started_in_the_window_counts(watched, solved):
    solved("high", "9 12:00", "9 15:00")
    july = Window(first=date(2026, 7, 1), last=date(2026, 7, 31), zone=JUNE.zone)
    assert figures_of(watched("resolution", "high"), july, at=at("15 12:00")).attainment.kept is None


def test_other_severities_do_not_count_but_overall_counts_all(watched, solved):
    solved("high", "9 12:00", "9 15:00")
    solved("low", "9 12:00", "9 15:00")
    assert figures_of(watched("resolution", "high"), JUNE, at=at("15 12:00")).attainment.counts.clocks == 1
    assert figures_of(watched("overall", "any"), JUNE, at=at("15 12:00")).attainment.counts.clocks == 2


def test_void_clocks_are_left_out_and_shown(watched, opened, maria):
    mark_spam(opened("high", "9 12:00"), by=maria, at=at("9 13:00"))
    counts = figures_of(watched("resolution", "high"), JUNE, at=at("15 12:00")).attainment.counts
    assert (counts.clocks, counts.void, counts.void_missed) == (0, 1, 0)


def test_waiting_is_taken_off_in_the_headline_and_not_in_the_line_without_pauses(watched, opened, answered):
    case = opened("high", "9 12:00")
    answered(case, "9 14:00", intention="wait")
    later = at("9 14:00") + timedelta(days=3)
    found = figures_of(watched("resolution", "high"), JUNE, at=later)
    assert found.attainment.counts.undecided == 1
    assert found.cohort.columns["used"].tolist() == pytest.approx([2 / 24])
    assert found.cohort.columns["used_without_pauses"].tolist() == pytest.approx([74 / 24])


def test_the_budget_counts_what_is_expected_to_start_as_well(watched, solved):
    for day in range(1, 15):
        solved("high", f"{day} 15:00", f"{day} 16:00")
    found = figures_of(watched("resolution", "high"), JUNE, at=at("15 05:00"))
    assert found.budget.so_far == 14
    # One a day for fourteen days; fifteen days and a bit to come.
    assert 28 <= found.budget.expected <= 31
    assert found.budget.allowed == found.budget.expected - -(-found.budget.expected * 85 // 100)
    assert found.budget.spent == 0
    assert found.outlook.chance > 0.5


def test_where_a_severity_has_few_clocks_in_the_year_all_severities_speak_for_its_open_ones(watched, solved):
    for day in range(1, 30):
        solved("normal", f"{day} 15:00", f"{day} 16:00")
    solved("high", "1 15:00", "3 15:00")
    version = watched("resolution", "high")
    trailing, _as_of = year_behind(version, at=at("30 12:00"))
    assert trailing.kept.share == 0.0, "what is to come is judged by High alone"
    assert trailing.curve_for(0).size == 30
    assert trailing.curve_for(0).kept.share == pytest.approx(29 / 30)
    kept_since_then, _as_of = year_behind(version, at=at("30 12:00"))
    assert kept_since_then.curve_for(0).size == 30


def test_what_is_expected_counts_the_rest_of_an_hour_that_has_begun(watched, solved):
    for minute in range(10, 40):
        solved("high", f"9 15:{minute}", f"9 15:{minute + 1}")
    version = watched("resolution", "high")
    trailing, _as_of = year_behind(version, at=at("9 16:00"))
    last_tuesday = Window(first=date(2026, 6, 16), last=date(2026, 6, 16), zone=ZoneInfo("America/Chicago"))
    assert expected_to_start(trailing, last_tuesday, at("16 14:30")) == pytest.approx(30)
    assert expected_to_start(trailing, last_tuesday, at("16 15:30")) == pytest.approx(15)
    assert expected_to_start(trailing, last_tuesday, at("16 16:00")) == 0


def test_the_year_is_kept_for_a_day_and_worked_out_again_on_the_next(watched, solved):
    version = watched("resolution", "high")
    solved("high", "9 12:00", "9 15:00")
    figures_of(version, JUNE, at=at("9 16:00"))
    solved("high", "9 17:00", "9 18:00")
    assert figures_of(version, JUNE, at=at("9 19:00")).year_as_of == at("9 16:00")
    assert figures_of(version, JUNE, at=at("10 19:00")).year_as_of == at("10 19:00")
    assert YearBehind.objects.count() == 1


def test_narrowed_to_a_channel_or_a_level_only_those_count(watched, solved, opened):
    solved("high", "9 12:00", "9 15:00")
    version = watched("resolution", "high")

    def clocks(**narrowed):
        found = figures_of(version, JUNE, at=at("15 12:00"), narrowing=Narrowing(**narrowed))
        return found.attainment.counts.clocks

    assert clocks(channel="form") == 1
    assert clocks(channel="phone") == 0
    assert clocks(level=1) == 1
    assert clocks(level=2) == 0


def test_a_guideline_for_one_product_counts_its_cases_alone(guidelines, solved):
    roads = add_product("Roads", by=INIT, at=LONG_AGO)
    solved("high", "9 12:00", "9 15:00")
    only_roads = create_guideline(
        "Roads, High",
        Watched(policy=guidelines, metric="resolution", severity="high", product=roads),
        by=INIT,
        at=LONG_AGO,
    )
    assert figures_of(only_roads.versions.get(), JUNE, at=at("15 12:00")).attainment.counts.clocks == 0


def test_a_promise_changed_within_the_window_is_said(watched, guidelines, support_hours, solved):
    solved("high", "9 12:00", "9 15:00")
    milder = tuple(
        one
        if (one.metric, one.severity) != ("resolution", "high")
        else type(one)(
            metric=one.metric, severity=one.severity, amount=Decimal(48), unit="hours", objective=Decimal(80)
        )
        for one in REFERENCE_COMMITMENTS
    )
    publish_version(
        guidelines, PolicyTerms(calendar=support_hours, commitments=milder), by=INIT, at=at("10 12:00")
    )
    version = watched("resolution", "high")
    before = figures_of(version, JUNE, at=at("9 18:00"))
    after = figures_of(version, JUNE, at=at("15 12:00"))
    assert (before.objective, before.changed) == (Decimal(85), False)
    assert (after.objective, after.changed) == (Decimal(80), True)


def test_ten_of_ten_missed_are_too_few_and_thirty_are_not_kept(watched, solved):
    for day in range(1, 11):
        solved("high", f"{day} 15:00", f"{day + 2} 16:00")
    version = watched("resolution", "high")
    assert figures_of(version, JUNE, at=at("28 12:00")).verdict == TOO_FEW
    for day in range(1, 11):
        solved("high", f"{day} 16:00", f"{day + 2} 16:30")
    assert figures_of(version, JUNE, at=at("28 12:00")).verdict == NOT_KEPT


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"metric": "overall", "severity": "high"}, "promises nothing"),
        ({"window": "rolling"}, "1 to 366"),
        ({"smallest": 0}, "At least one"),
    ],
)
def test_what_cannot_be_watched_is_refused_in_words(guidelines, given, said):
    wanted = {"metric": "resolution", "severity": "high", **given}
    with pytest.raises(GuidelineRefused, match=said):
        create_guideline("Roads", Watched(policy=guidelines, **wanted), by=INIT, at=LONG_AGO)
    assert not Guideline.objects.exists()


def test_an_edit_is_the_next_version_and_an_ended_one_leaves_its_name_free(guidelines):
    wanted = Watched(policy=guidelines, metric="resolution", severity="high")
    guideline = create_guideline("Ours", wanted, by=INIT, at=LONG_AGO)
    change_guideline(
        guideline,
        Watched(policy=guidelines, metric="resolution", severity="high", window="rolling", rolling_days=28),
        by=INIT,
        at=at("9 12:00"),
    )
    newest = guideline.versions.first()
    assert (newest.number, newest.rolling_days) == (2, 28)
    assert present_window(newest, at("15 12:00")).days == 28
    with pytest.raises(GuidelineRefused, match="of this name"):
        create_guideline("ours", wanted, by=INIT)
    end_guideline(guideline, by=INIT, at=at("10 12:00"))
    create_guideline("ours", wanted, by=INIT)


def test_beside_it_stands_what_it_were_without_contacts_entered_later(watched, opened, maria):
    """Called back in time and written down the next morning; and one case that nobody touched."""
    case = opened("high", "9 12:00")
    told = HandEntry(
        happened_at=at("9 15:00"), said="Called back.", reason="On the road.", enter_until_at=at("10 15:00")
    )
    log_contact(case, told, by=maria, at=at("9 17:00"))
    opened("high", "9 12:00")
    found = figures_of(watched("initial_contact", "high"), JUNE, at=at("9 20:00"))
    assert found.attainment.counts.entered_later == 1
    assert found.attainment.kept.share == pytest.approx(0.5)
    assert found.without_later.share == 0.0


def test_without_a_late_contact_the_clock_may_be_of_another_severity(watched, opened, answered, maria):
    """The call ended the clock of Normal. Without it that clock ran on, and was made Low with its case."""
    case = opened("normal", "9 12:00")
    told = HandEntry(
        happened_at=at("9 15:00"), said="Called back.", reason="On the road.", enter_until_at=at("10 15:00")
    )
    log_contact(case, told, by=maria, at=at("9 17:00"))
    lower = Reassessment(severity="low", is_correction=True, reason="Nothing is down.")
    change_severity(case, lower, by=maria, at=at("9 18:00"))
    answered(opened("low", "9 12:00"), "9 14:00")
    later = at("12 20:00")
    normal = figures_of(watched("initial_contact", "normal"), JUNE, at=later)
    low = figures_of(watched("initial_contact", "low"), JUNE, at=later)
    assert (normal.attainment.counts.clocks, low.attainment.counts.clocks) == (1, 1)
    assert normal.without_later is None
    assert (low.attainment.kept.share, low.without_later.share) == (1.0, 0.5)
