"""Whatever is recorded about a case moves its clocks, to the second, in the same transaction."""

import pytest
from django.db import transaction

from keepwell.cases.models import Case
from keepwell.cases.resolution import Resolution
from keepwell.cases.verbs.reopening import reopen
from keepwell.cases.verbs.resolving import resolve
from keepwell.cases.verbs.severity import Reassessment, change_severity
from keepwell.cases.verbs.spam import mark_spam
from keepwell.cases.verbs.withdrawing import withdraw_for_customer
from keepwell.conversations.verbs.failing import fail
from keepwell.conversations.verbs.receiving import receive
from keepwell.conversations.words import Words
from keepwell.journal.models import Entry
from keepwell.journal.recording import caused_by, record
from keepwell.people.actors import System
from keepwell.service_levels.checking import clock_differences
from keepwell.service_levels.models import Clock, Standing
from keepwell.service_levels.models.standing import NOTHING_DUE
from keepwell.service_levels.tests.conftest import at
from keepwell.service_levels.verbs.promising import promise_update

pytestmark = pytest.mark.django_db


def clock(case, metric, run=1):
    return Clock.objects.get(case=case, metric=metric, run=run)


def states(case):
    return {(one.metric, one.run): one.state for one in Clock.objects.filter(case=case)}


def test_an_opened_case_has_its_three_clocks_running(opened):
    case = opened("high", "9 12:00")
    assert states(case) == {
        ("initial_contact", 1): "running",
        ("resolution", 1): "running",
        ("overall", 1): "running",
    }
    assert clock(case, "initial_contact").due_at == at("9 18:00")
    assert clock(case, "resolution").due_at == at("10 12:00")
    assert clock(case, "overall").due_at == at("10 12:00")


def test_an_automatic_word_is_no_contact(opened):
    case = opened("high", "9 12:00")
    subjects = [("case", case.pk)]
    facts = {
        "message": 1,
        "channel": "email",
        "contact_live": False,
        "automatic": True,
        "entered_later": False,
    }
    with transaction.atomic():
        record("message.sent", by=System("acknowledgement"), at=at("9 12:01"), subjects=subjects, facts=facts)
    assert clock(case, "initial_contact").state == "running"


def test_the_first_answer_meets_initial_contact_and_starts_the_follow_up(opened, answered):
    case = opened("high", "9 12:00")
    answered(case, "9 13:00")
    assert clock(case, "initial_contact").state == "met"
    assert clock(case, "initial_contact").stopped_at == at("9 13:00")
    assert clock(case, "follow_up").due_at == at("10 01:00")


def test_waiting_pauses_and_the_customers_word_ends_it(opened, answered, dana):
    case = opened("high", "9 12:00")
    answered(case, "9 13:00", intention="wait")
    assert clock(case, "resolution").state == "paused"
    assert clock(case, "resolution").due_at is None
    assert Standing.objects.get(case=case).next_due_at == NOTHING_DUE
    words = Words(body="It is version 12.", channel="portal")
    receive(case.conversation, words, about=[("case", case.pk)], by=dana, at=at("11 09:00"))
    assert clock(case, "resolution").due_at == at("12 08:00")
    assert clock(case, "follow_up").due_at == at("11 21:00")
    assert clock(case, "resolution").due_without_pauses == at("10 12:00")


def test_solved_and_reopened_the_time_it_stood_solved_is_a_pause(opened, answered, maria):
    case = opened("normal", "9 12:00")
    answered(case, "9 13:00")
    resolve(case, Resolution(), by=maria, at=at("9 14:00"))
    assert {one.state for one in Clock.objects.filter(case=case)} == {"met"}
    assert not Standing.objects.filter(case=case).exists()
    reopen(Case.objects.get(pk=case.pk), by=maria, at=at("10 14:00"))
    resolution = clock(case, "resolution")
    assert resolution.state == "running"
    assert resolution.due_without_pauses == at("16 12:00")
    # 58 open hours were left when it was solved: 10 of the 10th, 12 of each day to the closing of the 16th.
    assert resolution.due_at == at("17 00:00")
    assert clock(case, "initial_contact").state == "met"


def test_a_contact_that_could_not_be_delivered_is_withdrawn(opened, answered):
    case = opened("high", "9 12:00")
    message = answered(case, "9 13:00")
    fail(message, at=at("9 15:00"))
    assert clock(case, "initial_contact").state == "running"
    assert not Clock.objects.filter(case=case, metric="follow_up").exists()


def test_a_question_that_could_not_be_delivered_holds_no_clock_up(opened, answered):
    case = opened("normal", "9 12:00")
    message = answered(case, "9 13:00", intention="wait")
    assert clock(case, "resolution").state == "paused"
    fail(message, at=at("9 20:00"))
    assert clock(case, "resolution").due_at == at("16 19:00")
    assert clock(case, "overall").due_at == at("10 19:00")
    assert clock(case, "initial_contact").due_at == at("10 12:00")
    assert set(states(case).values()) == {"running"}
    assert list(clock_differences(at=at("10 11:00"))) == []


def test_spam_is_void_and_stands_in_no_list(opened, maria):
    case = opened("low", "9 12:00")
    mark_spam(case, by=maria, at=at("9 12:30"))
    assert {one.state for one in Clock.objects.filter(case=case)} == {"void"}
    assert not Standing.objects.filter(case=case).exists()


def test_a_withdrawal_that_staff_entered_counts_as_the_customers(opened, maria):
    case = opened("high", "9 12:00")
    withdraw_for_customer(case, "Dana called: it works again.", by=maria, at=at("9 13:00"))
    assert states(case) == {
        ("initial_contact", 1): "void",
        ("resolution", 1): "met",
        ("overall", 1): "met",
    }
    entered = Entry.objects.get(pk=clock(case, "initial_contact").void_by)
    assert entered.actor_ref == maria.actor_ref
    assert list(clock_differences(at=at("9 14:00"))) == []


def test_what_is_kept_is_what_a_full_replay_gives(opened, answered):
    for severity in ("high", "normal", "low"):
        answered(opened(severity, "9 12:00"), "9 19:00", intention="wait")
    assert list(clock_differences(at=at("30 00:00"))) == []


def test_a_changed_due_and_a_lost_clock_are_named(opened):
    first, second = opened("high", "9 12:00"), opened("high", "9 12:00")
    Clock.objects.filter(case=first, metric="resolution").update(due_at=at("12 12:00"))
    Clock.objects.filter(case=second, metric="overall").delete()
    found = [(one.case_id, one.metric, one.what, one.columns) for one in clock_differences(at=at("9 13:00"))]
    assert found == [
        (first.pk, "resolution", "different", ("due_at",)),
        (second.pk, "overall", "missing", ()),
    ]


def test_a_clock_that_no_entry_started_is_named(opened):
    case = opened("high", "9 12:00")
    stray = clock(case, "overall")
    stray.pk, stray.started_by = None, 1
    stray.save()
    (found,) = clock_differences(at=at("9 13:00"))
    assert (found.case_id, found.started_by, found.what) == (case.pk, 1, "surplus")


def test_the_entries_of_one_change_move_the_clocks_once(opened, answered, django_assert_max_num_queries):
    case = opened("high", "9 12:00")
    before = Entry.objects.count()
    answered(case, "9 13:00", intention="resolve")
    assert Entry.objects.count() > before + 2
    assert {one.state for one in Clock.objects.filter(case=case)} == {"met"}


def test_the_answer_that_tells_the_resolution_is_a_contact_but_starts_no_follow_up(opened, answered):
    case = opened("high", "9 12:00")
    answered(case, "9 13:00", intention="resolve")
    assert states(case) == {
        ("initial_contact", 1): "met",
        ("resolution", 1): "met",
        ("overall", 1): "met",
    }
    assert clock(case, "initial_contact").stopped_at == at("9 13:00")


def test_an_update_promised_as_the_case_is_opened_stands_in_its_place(opened, maria):
    with transaction.atomic(), caused_by():
        case = opened("low", "9 12:00")
        promise_update(case, at("9 12:30"), by=maria, at=at("9 12:00"))
    assert Standing.objects.get(case=case).next_metric == "update"
    assert list(clock_differences(at=at("9 12:00"))) == []


def test_what_follows_the_opening_in_the_same_change_moves_the_clocks(opened, maria):
    with transaction.atomic(), caused_by():
        case = opened("low", "9 12:00")
        change_severity(case, Reassessment(severity="high"), by=maria, at=at("9 12:10"))
    assert clock(case, "resolution").severity == "high"
    assert list(clock_differences(at=at("9 12:10"))) == []
