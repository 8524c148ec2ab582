"""What a clock says of itself beside its due and state: why, by whom, what was missed before."""

from datetime import UTC, datetime, timedelta

import pytest

from keepwell.calendars.working_time import WorkingTime
from keepwell.service_levels import clock_state as states
from keepwell.service_levels.replay import (
    METRICS,
    Allowance,
    Fact,
    Terms,
    carried,
    replay,
    replay_mapping,
    without_late_entries,
)
from keepwell.service_levels.replay_shape import read_policy
from keepwell.service_levels.tests.random_histories import SHARED

TERMS = Terms(
    key=("policy 1", "calendar 1"),
    working_time=WorkingTime.parse(SHARED["calendar"]),
    allowances=read_policy(SHARED["policy"]),
)
OPENED = Fact(kind="opened", at=datetime(2026, 6, 9, 12, tzinfo=UTC), id=1, severity="high")


def at(hours, minutes=0):
    """So long after the opening, 07:00 local on a Tuesday."""
    return OPENED.at + timedelta(hours=hours, minutes=minutes)


def fact(kind, hours, *, id, **more):
    return Fact(kind=kind, at=at(hours), id=id, **more)


def clocks(*facts, as_of, terms=TERMS, opened=OPENED):
    states = replay([opened, *facts], terms_at=lambda _: terms, as_of=as_of)
    return {(clock.metric, clock.run): clock for clock in states}


def kinds(clock):
    return [step.kind for step in clock.steps]


def test_before_the_opening_there_are_no_clocks():
    assert clocks(as_of=at(-1)) == {}
    assert clocks(fact("contact", -1, id=0), as_of=at(-0.5)) == {}


def test_what_is_recorded_of_the_time_before_the_opening_moves_nothing():
    early = fact("contact", -1, id=2)
    assert clocks(early, as_of=at(1)) == clocks(as_of=at(1))


def test_a_second_opening_is_none():
    again = fact("opened", 1, id=2, severity="low")
    assert clocks(again, as_of=at(2)) == clocks(as_of=at(2))


def test_a_clock_keeps_the_key_of_its_terms_and_the_allowance_that_set_its_due():
    found = clocks(as_of=at(1))["resolution", 1]
    assert found.terms == ("policy 1", "calendar 1")
    assert found.allowance == Allowance(amount=24, unit="hours")
    assert found.started_by == OPENED.id


def test_a_missed_clock_is_open_until_its_stop():
    open_still = clocks(as_of=at(7))["initial_contact", 1]
    assert (open_still.state, open_still.missed_at) == ("missed", at(6))
    assert open_still.is_open
    assert open_still.is_decided
    late = fact("contact", 8, id=2)
    stopped = clocks(late, as_of=at(9))["initial_contact", 1]
    assert (stopped.stopped_at, stopped.stopped_by, stopped.is_open) == (at(8), 2, False)
    assert kinds(stopped) == [states.STARTED, states.DUE_PASSED, states.STOPPED]


def test_the_timeline_of_a_wait_tells_the_dues_before_and_after():
    wait = fact("wait", 1, id=2)
    paused = clocks(wait, as_of=at(2))["resolution", 1]
    assert (paused.state, paused.due_at, paused.due_kept) == ("paused", None, at(24))
    assert paused.paused_at == at(1)
    back = fact("take_back", 5, id=3)
    resumed = clocks(wait, back, as_of=at(6))["resolution", 1]
    assert (resumed.due_at, resumed.due_kept, resumed.pauses) == (at(28), None, ((at(1), at(5)),))
    told = [(step.kind, step.at, step.fact, step.due_before, step.due_after) for step in resumed.steps]
    assert told == [
        (states.STARTED, at(0), 1, None, at(24)),
        (states.PAUSE_BEGAN, at(1), 2, at(24), None),
        (states.PAUSE_ENDED, at(5), 3, at(24), at(28)),
    ]


def test_a_change_in_a_wait_is_told_twice_when_made_and_when_it_acts():
    wait, back = fact("wait", 1, id=2), fact("take_back", 5, id=4)
    lowered = fact("severity", 2, id=3, severity="low", correction=True)
    found = clocks(wait, lowered, as_of=at(3))["resolution", 1]
    assert (found.severity, found.is_corrected, found.allowance.unit) == ("low", True, "hours")
    assert found.steps[-1].kind == states.CHANGE_PUT_OFF
    found = clocks(wait, lowered, back, as_of=at(6))["resolution", 1]
    assert kinds(found)[-2:] == [states.PAUSE_ENDED, states.SEVERITY_CORRECTED]
    assert found.steps[-1].at == at(5)
    assert found.steps[-1].fact == 3
    assert found.allowance == Allowance(amount=14, unit="business_days")


def test_a_lowering_that_keeps_the_promise_is_told():
    lowered = fact("severity", 2, id=2, severity="low")
    found = clocks(lowered, as_of=at(3))
    assert kinds(found["resolution", 1])[-1] == states.SEVERITY_LOWERED
    assert not found["resolution", 1].is_corrected
    assert kinds(found["overall", 1]) == [states.STARTED]


def test_the_same_severity_again_is_no_change():
    again = fact("severity", 2, id=2, severity="high", correction=True)
    assert clocks(again, as_of=at(3)) == clocks(as_of=at(3))


def test_a_wait_on_the_due_second_is_told_to_have_come_too_late():
    found = clocks(fact("contact", 1, id=2), fact("wait", 13, id=3), as_of=at(14))["follow_up", 1]
    assert kinds(found) == [states.STARTED, states.PAUSE_TOO_LATE, states.DUE_PASSED]
    assert found.paused_at is None


def test_a_wait_after_the_miss_is_none_of_the_clocks_business():
    found = clocks(fact("contact", 1, id=2), fact("wait", 14, id=3), as_of=at(15))["follow_up", 1]
    assert kinds(found) == [states.STARTED, states.DUE_PASSED]


def test_a_reopened_miss_is_missed_before_it_is_reopened():
    resolved, reopened = fact("resolved", 24, id=2), fact("reopened", 48, id=3)
    found = clocks(resolved, reopened, as_of=at(49))["resolution", 1]
    assert kinds(found) == [states.STARTED, states.STOPPED, states.DUE_PASSED, states.REOPENED]
    assert (found.missed_at, found.is_open, found.pauses) == (at(24), True, ())


def test_an_unresolved_case_cannot_be_reopened_nor_a_resolved_one_resolved():
    assert clocks(fact("reopened", 1, id=2), as_of=at(2)) == clocks(as_of=at(2))
    once = fact("resolved", 1, id=2)
    twice = fact("resolved", 2, id=3)
    assert clocks(once, twice, as_of=at(3)) == clocks(once, as_of=at(3))
    assert clocks(once, fact("withdrawn", 2, id=3), as_of=at(3)) == clocks(once, as_of=at(3))


def test_spam_counts_apart_what_had_been_missed():
    found = clocks(fact("spam", 7, id=9), as_of=at(30))
    assert {clock.state for clock in found.values()} == {"void"}
    missed = {metric for (metric, _), clock in found.items() if clock.missed_at is not None}
    assert missed == {"initial_contact"}
    assert {(clock.void_reason, clock.void_by) for clock in found.values()} == {("spam", 9)}
    assert {clock.ended_at for clock in found.values()} == {at(7)}
    assert all(clock.steps[-1].kind == states.VOIDED for clock in found.values())


def test_marked_as_spam_twice_the_first_counts_and_one_taking_back_undoes_both():
    twice = fact("spam", 7, id=2), fact("spam", 8, id=3)
    assert clocks(*twice, as_of=at(9))["overall", 1].void_by == 2
    assert clocks(*twice, fact("not_spam", 9, id=4), as_of=at(10)) == clocks(as_of=at(10))


def test_a_merge_says_who_voided_and_ends_the_missed():
    found = clocks(fact("merged_away", 7, id=9), fact("contact", 8, id=10), as_of=at(30))
    assert set(found) == {("initial_contact", 1), ("resolution", 1), ("overall", 1)}
    void, missed = found["resolution", 1], found["initial_contact", 1]
    assert (void.state, void.void_reason, void.void_by, void.ended_at) == ("void", "merged", 9, at(7))
    assert (missed.state, missed.void_reason, missed.is_open, missed.stopped_at) == (
        "missed",
        None,
        False,
        None,
    )
    assert kinds(missed)[-1] == states.ENDED


def test_what_a_merged_case_hands_over_is_undecided_with_its_pause_ended():
    facts = [OPENED, fact("contact", 1, id=2), fact("wait", 1, id=3)]
    handed = {clock.metric: clock for clock in carried(facts, terms_at=lambda _: TERMS, at=at(3))}
    assert set(handed) == {"resolution", "overall", "follow_up"}
    assert handed["resolution"].due_at == at(26)
    assert handed["resolution"].due_without_pauses == at(24)
    assert handed["resolution"].pauses == ((at(1), at(3)),)
    with_its_own = [*facts, fact("merged_away", 3, id=4)]
    again = carried(with_its_own, terms_at=lambda _: TERMS, at=at(3))
    assert {clock.metric: clock for clock in again} == handed


def test_spam_hands_nothing_over():
    spam = fact("spam", 1, id=2)
    assert carried([OPENED, spam], terms_at=lambda _: TERMS, at=at(3)) == ()


def test_a_withdrawal_says_why_initial_contact_is_void():
    found = clocks(fact("withdrawn", 2, id=5), as_of=at(3))["initial_contact", 1]
    assert (found.state, found.void_reason, found.void_by) == ("void", "withdrawn", 5)


def test_initial_contact_stays_void_when_a_withdrawn_case_is_reopened():
    facts = fact("withdrawn", 2, id=2), fact("reopened", 3, id=3), fact("contact", 4, id=4)
    found = clocks(*facts, as_of=at(5))["initial_contact", 1]
    assert (found.state, found.ended_at) == ("void", at(2))


def test_an_undelivered_contact_stands_in_the_timeline_of_the_clock_it_did_not_stop():
    facts = fact("contact", 1, id=2), fact("contact_withdrawn", 5, id=3, contact=2)
    found = clocks(*facts, as_of=at(5))["initial_contact", 1]
    assert kinds(found) == [states.STARTED, states.CONTACT_UNDELIVERED]
    assert (found.state, found.due_at) == ("running", at(6))


def test_only_the_contact_named_is_withdrawn():
    contacts = fact("contact", 1, id=2), fact("contact", 2, id=3)
    withdrawn = fact("contact_withdrawn", 5, id=4, contact=2)
    found = clocks(*contacts, withdrawn, as_of=at(5))
    assert found["initial_contact", 1].stopped_at == at(2)
    assert [run for metric, run in found if metric == "follow_up"] == [1]
    unknown = fact("contact_withdrawn", 5, id=4, contact=1)
    assert clocks(*contacts, unknown, as_of=at(5)) == clocks(*contacts, as_of=at(5))


def test_the_missed_run_of_an_undelivered_contact_stays_and_ends_with_it():
    friday = Fact(kind="opened", at=datetime(2026, 6, 12, 23, tzinfo=UTC), id=1, severity="normal")
    contact = Fact(kind="contact", at=friday.at, id=2)
    failed = Fact(kind="contact_withdrawn", at=friday.at + timedelta(hours=63), id=3, contact=2)
    found = clocks(contact, failed, opened=friday, as_of=failed.at + timedelta(hours=1))
    run = found["follow_up", 1]
    assert (run.state, run.missed_at) == ("missed", friday.at + timedelta(hours=48))
    assert (run.is_open, run.ended_at, run.stopped_at) == (False, failed.at, None)
    assert kinds(run)[-1] == states.WITHDRAWAL_KEPT_MISS
    answer = Fact(kind="contact", at=failed.at, id=4)
    later = clocks(contact, failed, answer, opened=friday, as_of=failed.at + timedelta(hours=1))
    assert later["follow_up", 1] == run
    assert later["follow_up", 2].started_by == 4
    assert later["initial_contact", 1].state == "met"


def test_a_contact_entered_later_marks_the_clocks_it_touches():
    late = Fact(kind="contact", at=at(3), id=2, entered_at=at(4))
    found = clocks(late, as_of=at(5))
    assert found["initial_contact", 1].entered_later
    assert found["follow_up", 1].entered_later
    assert not found["resolution", 1].entered_later


def test_a_miss_that_a_late_entry_did_not_erase_says_so():
    late = Fact(kind="contact", at=at(3), id=2, entered_at=at(7))
    found = clocks(late, as_of=at(8))["initial_contact", 1]
    assert (found.state, found.missed_at, found.stopped_at, found.stopped_by) == ("missed", at(6), at(7), 2)
    assert found.entered_later
    assert kinds(found)[-1] == states.LATE_ENTRY_KEPT_MISS


def test_the_figure_without_late_entries_leaves_them_out():
    late = Fact(kind="contact", at=at(3), id=2, entered_at=at(4))
    facts = without_late_entries([OPENED, late, fact("wait", 5, id=3)])
    assert [each.id for each in facts] == [1, 3]


def test_a_severity_without_a_promise_leaves_a_clock_as_it_is():
    allowances = {("resolution", "low"): Allowance(amount=3, unit="hours")}
    terms = Terms(key=1, working_time=TERMS.working_time, allowances=allowances)
    opened = Fact(kind="opened", at=at(0), id=1, severity="low")
    raised = fact("severity", 1, id=2, severity="high")
    found = clocks(raised, opened=opened, terms=terms, as_of=at(2))
    assert list(found) == [("resolution", 1)]
    assert (found["resolution", 1].severity, found["resolution", 1].due_at) == ("low", at(3))


def test_initial_contact_never_pauses_whatever_a_policy_says():
    pausing = Terms(
        key=1,
        working_time=TERMS.working_time,
        allowances=TERMS.allowances,
        pauses=frozenset(METRICS),
    )
    found = clocks(fact("wait", 1, id=2), terms=pausing, as_of=at(2))
    assert found["initial_contact", 1].state == "running"
    assert found["overall", 1].state == "paused"


def test_terms_are_asked_for_once_a_start_and_at_its_instant():
    asked = []

    def terms_at(instant):
        asked.append(instant)
        return TERMS

    replay([OPENED, fact("contact", 1, id=2)], terms_at=terms_at, as_of=at(2))
    assert asked == [at(0), at(1)]


@pytest.mark.parametrize(
    ("spoiled", "said"),
    [
        ({"entries": [{"kind": "told", "at": "2026-06-09T12:00:00Z"}]}, "told"),
        ({"entries": [{"kind": "opened", "at": "2026-06-09T12:00:00Z", "severity": "urgent"}]}, "urgent"),
        ({"as_of": "2026-06-09T12:00:00"}, "zone"),
        ({"policy": {"speed": {}}}, "speed"),
        ({"policies": [{"from": "2026-06-09T12:00:00Z"}, {}]}, "from"),
        ({"policies": [{"from": "2026-06-09T12:00:00Z"}, {"from": "2026-06-08T12:00:00Z"}]}, "order"),
    ],
)
def test_a_mapping_that_makes_no_sense_is_refused_in_words(spoiled, said):
    mapping = {**SHARED, "entries": [], "as_of": "2026-06-09T12:00:00Z", **spoiled}
    with pytest.raises(ValueError, match=said):
        replay_mapping(mapping)
