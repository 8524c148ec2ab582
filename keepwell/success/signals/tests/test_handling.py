"""What somebody does about signals: states, budget, precision; playbooks and the tasks they make."""

from __future__ import annotations

from datetime import UTC, date, timedelta

import pytest

from keepwell.calendars.obligations import obligations_of
from keepwell.people.permits import NotPermitted
from keepwell.success.engagements.feeding import window_at
from keepwell.success.engagements.models import Engagement
from keepwell.success.engagements.new_engagement import NewEngagement
from keepwell.success.engagements.verbs.beginning import begin
from keepwell.success.signals.models import Dismissal, Mode, PlaybookRun, RunState, Signal, SignalState, Task
from keepwell.success.signals.queries import (
    Precision,
    budget_of,
    nobodys_signals,
    open_signals_at,
    open_signals_of,
    open_tasks_at,
    precision_of,
)
from keepwell.success.signals.refusals import HasEnded, OpenAgain, RanAlready, SignalRefused
from keepwell.success.signals.steps import EngagementStep, TaskStep
from keepwell.success.signals.tests.conftest import DAY, NINE, used
from keepwell.success.signals.verbs.handing_over import hand_over_signal, release_signal, release_task
from keepwell.success.signals.verbs.handling import (
    acknowledge,
    dismiss,
    redact_signal,
    reopen,
    resolve,
    snooze,
    wake_snoozed,
)
from keepwell.success.signals.verbs.playbooks import (
    NewPlaybook,
    add_playbook,
    change_playbook,
    switch_playbook_off,
)
from keepwell.success.signals.verbs.running import decline_playbook, run_playbook
from keepwell.success.signals.verbs.tasks import (
    NewTask,
    add_task,
    drop_task,
    finish_task,
    hand_over_task,
    redact_task,
    reopen_task,
)
from tests import cast

pytestmark = pytest.mark.django_db
STEPS = (
    TaskStep(words="Ask what changed", days=3),
    EngagementStep(kind="consultation", minutes=45, days=5),
)


@pytest.fixture
def signal(account, rule, night) -> Signal:
    used(account, 20)
    night()
    return Signal.objects.get()


def playbook(rule, mode=Mode.AUTOMATIC, steps=STEPS):
    return add_playbook(NewPlaybook(name="Look into it", rule=rule, steps=steps, mode=mode), by=cast.CAST)


def test_a_signal_is_taken_put_off_woken_and_resolved(signal, sam):
    acknowledge(signal, by=sam)
    snooze(signal, NINE + 3 * DAY, by=sam)
    assert wake_snoozed(at=NINE + 2 * DAY) == 0
    assert wake_snoozed(at=NINE + 3 * DAY) == 1
    signal.refresh_from_db()
    assert signal.state == SignalState.ACKNOWLEDGED
    resolve(signal, by=sam, at=NINE + 4 * DAY)
    for act in (acknowledge, resolve):
        with pytest.raises(HasEnded):
            act(signal, by=sam)


def test_it_is_put_off_to_a_day_that_comes_within_half_a_year(signal, sam):
    for until in (NINE, NINE - DAY, NINE + 181 * DAY):
        with pytest.raises(SignalRefused):
            snooze(signal, until, by=sam)


def test_a_dismissal_says_why_can_be_taken_back_and_its_words_erased(signal, sam, account, rule, night):
    with pytest.raises(SignalRefused):
        dismiss(signal, "bored", by=sam)
    dismiss(signal, Dismissal.KNOWN, words="Their winter break, says Dana", by=sam)
    reopen(signal, by=sam)
    assert (signal.state, signal.words, signal.ended_at) == (SignalState.OPEN, "", None)
    dismiss(signal, Dismissal.KNOWN, words="Says Dana", by=sam)
    redact_signal(signal, by=cast.lea_the_lead())
    signal.refresh_from_db()
    assert signal.words == ""
    used(account, 20, days=9)
    night(9)
    with pytest.raises(OpenAgain):
        reopen(signal, by=sam)


def test_specialists_see_signals_and_do_nothing_about_them(signal):
    maria = cast.maria_the_specialist()
    assert Signal.objects.visible_to(maria).exists()
    for act in (acknowledge, resolve, release_signal):
        with pytest.raises(NotPermitted):
            act(signal, by=maria)


def test_a_signal_is_handed_over_or_let_go_and_stays_visible(signal, sam, account):
    alma = cast.alma_the_account_manager()
    assert list(open_signals_at(account)) == list(open_signals_of(sam)) == [signal]
    hand_over_signal(signal, alma, by=sam)
    assert list(open_signals_of(alma)) == [signal]
    release_signal(signal, by=alma)
    assert list(nobodys_signals(sam)) == [signal]
    with pytest.raises(SignalRefused):
        hand_over_signal(signal, cast.dana_at_elm_falls(), by=sam)


def test_beyond_the_budget_the_least_severe_and_oldest_wait_and_are_counted(signal, sam, settings):
    settings.KEEPWELL_SIGNALS_SHOWN = 2
    others = ((1, 3, cast.another_town()), (2, 1, cast.elm_falls_water()))
    for minutes, severity, other in others:
        signal.pk, signal.key, signal.account, signal.severity = None, f"k{minutes}", other, severity
        signal.opened_at = NINE + timedelta(minutes=minutes)
        signal.save(force_insert=True)
    budget = budget_of(sam)
    assert [one.severity for one in budget.shown] == [3, 2]
    assert budget.waiting == 1
    assert Signal.objects.still_open().count() == 3


def test_precision_is_told_from_ten_on_with_its_interval(rule, signal, sam):
    resolve(signal, by=sam)
    [counted] = precision_of([rule]).values()
    assert (counted, counted.is_told) == (Precision(acted_on=1, not_true=0), False)
    reopen(signal, by=sam)
    dismiss(signal, Dismissal.NOT_TRUE, by=sam)
    assert precision_of([rule])[rule.pk] == Precision(acted_on=0, not_true=1)
    told = Precision(acted_on=8, not_true=2)
    assert told.is_told
    assert told.interval == pytest.approx((0.490, 0.943), abs=0.001)


def test_a_playbook_runs_once_for_an_occurrence_and_says_what_it_made(account, rule, sam, night):
    playbook(rule)
    used(account, 20)
    night()
    night(1)
    run = PlaybookRun.objects.get()
    task, engagement = Task.objects.get(), Engagement.objects.get()
    assert run.outcome == [
        {"step": 0, "made": "task", "id": task.pk, "why_not": ""},
        {"step": 1, "made": "engagement", "id": engagement.pk, "why_not": ""},
    ]
    assert (task.owner, task.words, task.due_on) == (sam, "Ask what changed", date(2026, 6, 12))
    assert (engagement.origin, engagement.origin_id, engagement.host) == ("playbook", run.pk, sam)
    assert (engagement.state, engagement.wanted_on) == ("proposed", date(2026, 6, 16))
    with pytest.raises(RanAlready):
        run_playbook(run.playbook, run.signal, by=sam)
    # What ran by itself is nothing that somebody did about it.
    assert run.signal.acted_on_at is None


def test_an_engagement_of_the_kind_that_is_ahead_is_not_doubled(account, rule, sam, night):
    known = begin(account, NewEngagement(kind="consultation", host=sam), by=sam)
    playbook(rule, steps=STEPS[1:])
    used(account, 20)
    night()
    assert PlaybookRun.objects.get().outcome == [
        {"step": 0, "made": None, "id": known.pk, "why_not": "one_is_ahead"}
    ]
    assert Engagement.objects.count() == 1


def test_a_playbook_that_asks_waits_for_a_yes_or_lapses_with_its_signal(account, rule, sam, night):
    playbook(rule, mode=Mode.ASKS)
    used(account, 20)
    night()
    run = PlaybookRun.objects.get()
    assert (run.state, Task.objects.count()) == (RunState.WAITING, 0)
    run_playbook(run.playbook, run.signal, by=sam)
    run.refresh_from_db()
    assert (run.state, run.by, Task.objects.count()) == (RunState.DONE, sam, 1)
    assert run.signal.acted_on_at == NINE
    PlaybookRun.objects.update(state=RunState.WAITING, settled_at=None)
    resolve(run.signal, by=sam)
    run.refresh_from_db()
    assert run.state == RunState.LAPSED
    with pytest.raises(RanAlready):
        decline_playbook(run, by=sam)


def test_no_more_than_so_many_run_by_themselves_in_a_week_and_the_rest_is_logged(
    account, rule, sam, night, settings
):
    settings.KEEPWELL_PLAYBOOK_RUNS_A_WEEK = 1
    for _time in range(2):
        playbook(rule, steps=STEPS[:1])
    used(account, 20)
    night()
    held = PlaybookRun.objects.get(state=RunState.HELD_BACK)
    assert (held.why_not, Task.objects.count()) == ("enough_this_week", 1)
    # A person's yes is no flood.
    run_playbook(held.playbook, held.signal, by=sam)
    assert Task.objects.count() == 2


def test_a_playbook_is_changed_and_switched_off_by_who_sets_health(rule, account, night, sam):
    made = playbook(rule)
    new = NewPlaybook(name="Another", rule=rule, steps=STEPS[:1])
    with pytest.raises(NotPermitted):
        change_playbook(made, new, by=sam)
    assert change_playbook(made, new, by=cast.lea_the_lead()).number == 2
    assert change_playbook(made, new, by=cast.lea_the_lead()).number == 2
    switch_playbook_off(made, by=cast.lea_the_lead())
    used(account, 20)
    night()
    assert not PlaybookRun.objects.exists()


def test_a_task_is_done_dropped_taken_up_and_stands_in_its_owners_calendar(account, sam):
    task = add_task(account, NewTask(words="Call  Dana", due_on=date(2026, 6, 12), owner=sam), by=sam)
    dated = {one.key: one.title for one in obligations_of(sam, window_at(NINE))}
    assert dated[f"task-{task.pk}"] == "Call Dana (Town of Elm Falls)"
    assert list(open_tasks_at(account)) == [task]
    assert finish_task(task, by=sam).settled_at == NINE.astimezone(UTC)
    reopen_task(task, by=sam)
    drop_task(task, by=sam)
    reopen_task(task, by=sam)
    hand_over_task(task, cast.alma_the_account_manager(), by=sam)
    assert release_task(task, by=sam).owner is None
    redact_task(task, by=cast.lea_the_lead())
    task.refresh_from_db()
    assert (task.words, str(task)) == ("", "Erased")
    with pytest.raises(SignalRefused):
        add_task(account, NewTask(words=" ", due_on=date(2026, 6, 12)), by=sam)
