"""Any verbs in any order by anybody: what always holds of a case, always holds."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from keepwell.cases.changes import changes_since
from keepwell.cases.hand_off import HandOff
from keepwell.cases.jobs import close_due, wake_due
from keepwell.cases.models import Case, Closure, Escalation, Intention, LevelStay, Snooze
from keepwell.cases.refusals import CaseHasChanged, CaseRefused
from keepwell.cases.tests.elm_falls import ENOUGH, HOUR, NINE, SOLVED, open_for, words, write_again
from keepwell.cases.verbs.assigning import Assignment, assign
from keepwell.cases.verbs.closing import close
from keepwell.cases.verbs.escalating import Destination, accept, escalate, return_, take_back_handoff
from keepwell.cases.verbs.merging import merge
from keepwell.cases.verbs.reopening import reopen
from keepwell.cases.verbs.replying import Reply, reply
from keepwell.cases.verbs.resolving import resolve
from keepwell.cases.verbs.severity import Reassessment, change_severity
from keepwell.cases.verbs.snoozing import snooze
from keepwell.cases.verbs.spam import mark_spam, not_spam
from keepwell.cases.verbs.waiting import schedule, take_back, wait_for_customer, wait_for_engineering
from keepwell.cases.verbs.withdrawing import withdraw
from keepwell.conversations.models import Message
from keepwell.conversations.verbs.releasing import release_due
from keepwell.conversations.verbs.undoing import undo
from keepwell.journal.models import Entry
from tests import cast

WHICH = st.integers(0, 2)
SPAN = st.sampled_from([timedelta(seconds=5), HOUR, 30 * HOUR, timedelta(days=15)])
PLAIN = [
    wait_for_customer,
    wait_for_engineering,
    take_back,
    close,
    reopen,
    mark_spam,
    not_spam,
    take_back_handoff,
]


class Office(RuleBasedStateMachine):
    """Three cases of one customer, and everybody at work on them; time only goes on."""

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.at = NINE
        self.maria, self.theo = cast.maria_the_specialist(), cast.theo_at_level_two()
        self.dana = cast.dana_at_elm_falls()
        self.cases = [open_for(self.dana, at=NINE) for _number in range(3)]
        self.versions = {case.pk: case.version for case in self.cases}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    def attempt(self, verb: Any, *values: Any, by: Any, **named: Any) -> None:
        before = Entry.objects.count()
        try:
            verb(*values, by=by, at=self.at, **named)
        except (CaseRefused, CaseHasChanged):
            assert Entry.objects.count() == before

    @rule(span=SPAN)
    def time_goes_on(self, span: timedelta) -> None:
        self.at += span
        release_due(at=self.at)
        wake_due(at=self.at)
        close_due(at=self.at)

    @rule(which=WHICH, verb=st.sampled_from(PLAIN))
    def something_is_done(self, which: int, verb: Any) -> None:
        self.attempt(verb, self.cases[which], by=self.maria)

    @rule(which=WHICH, verb=st.sampled_from([schedule, snooze]), span=SPAN)
    def it_is_put_off(self, which: int, verb: Any, span: timedelta) -> None:
        self.attempt(verb, self.cases[which], self.at + span, by=self.maria)

    @rule(which=WHICH, intention=st.sampled_from([None, "wait", "resolve"]))
    def we_answer(self, which: int, intention: str | None) -> None:
        written = Reply(words=words("Look"), intention=intention, undo_for=timedelta(seconds=5))
        self.attempt(reply, self.cases[which], written, by=self.maria)

    @rule()
    def an_answer_is_taken_back(self) -> None:
        for message in Message.objects.filter(state="pending")[:1]:
            undo(message, by=self.maria, at=self.at)

    @rule(which=WHICH)
    def the_customer_writes(self, which: int) -> None:
        write_again(self.cases[which], self.dana, self.at)

    @rule(which=WHICH, by_theo=st.booleans())
    def it_is_assigned(self, which: int, by_theo: bool) -> None:
        to = self.theo if by_theo else None
        self.attempt(assign, self.cases[which], Assignment(to=to), by=self.maria)

    @rule(which=WHICH, level=st.integers(1, 3), is_empty=st.booleans())
    def it_is_handed_over(self, which: int, level: int, is_empty: bool) -> None:
        hand_off = HandOff(known="", tried="", needed="") if is_empty else ENOUGH
        self.attempt(escalate, self.cases[which], Destination(level=level), hand_off, by=self.maria)

    @rule(which=WHICH)
    def it_is_accepted(self, which: int) -> None:
        self.attempt(accept, self.cases[which], by=self.theo)

    @rule(which=WHICH)
    def it_is_returned(self, which: int) -> None:
        self.attempt(return_, self.cases[which], "Not yet", by=self.theo)

    @rule(which=WHICH)
    def it_is_resolved(self, which: int) -> None:
        self.attempt(resolve, self.cases[which], SOLVED, by=self.theo)

    @rule(which=WHICH)
    def it_is_withdrawn(self, which: int) -> None:
        self.attempt(withdraw, self.cases[which], by=self.dana)

    @rule(which=WHICH, severity=st.sampled_from(["high", "normal", "low"]))
    def its_severity_changes(self, which: int, severity: str) -> None:
        self.attempt(change_severity, self.cases[which], Reassessment(severity=severity), by=self.maria)

    @rule(which=WHICH, other=WHICH)
    def it_is_merged(self, which: int, other: int) -> None:
        self.attempt(merge, self.cases[which], self.cases[other], by=self.maria)

    @invariant()
    def versions_count_the_changes_and_only_grow(self) -> None:
        for case in Case.objects.all():
            assert case.version == len(changes_since(case, 0))
            assert case.version >= self.versions.get(case.pk, 1)
            self.versions[case.pk] = case.version

    @invariant()
    def an_open_case_is_at_one_level_and_an_ended_one_at_none(self) -> None:
        for case in Case.objects.all():
            stays = LevelStay.objects.filter(case=case, left_at=None)
            expected = [(case.level, case.team_id)] if case.is_open else []
            assert list(stays.values_list("level", "team_id")) == expected

    @invariant()
    def an_ended_case_says_how_and_an_open_one_has_not_ended(self) -> None:
        for case in Case.objects.exclude(merged_into__isnull=False):
            holding = Closure.objects.filter(case=case, reopened_at=None).count()
            assert holding == (case.state in ("resolved", "closed"))

    @invariant()
    def what_waits_waits_for_an_open_case(self) -> None:
        for case in Case.objects.all():
            asleep = Snooze.objects.filter(case=case, woken_at=None).count()
            assert asleep == (case.snoozed_until_at is not None)
            assert case.is_open or not asleep
            assert case.is_open or not Escalation.objects.filter(case=case, state="requested").exists()

    @invariant()
    def whoever_works_on_it_the_customer_has_one_person(self) -> None:
        assert not Case.objects.filter(assignee__isnull=False, owner__isnull=True).exists()

    @invariant()
    def survivors_are_not_merged_and_no_word_is_lost(self) -> None:
        assert not Case.objects.filter(merged_into__merged_into__isnull=False).exists()
        assert not Message.objects.exclude(conversation__in=Case.objects.values("conversation")).exists()

    @invariant()
    def an_intention_belongs_to_an_answer_that_has_not_left(self) -> None:
        assert not Intention.objects.exclude(message__state="pending").exists()


def test_whatever_is_done_in_whatever_order_what_always_holds_holds(maria, theo, dana):
    unhurried = settings(
        max_examples=15,
        stateful_step_count=25,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Office, settings=unhurried)
