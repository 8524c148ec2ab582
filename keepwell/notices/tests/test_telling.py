"""Who has a notice of what happened: by the verbs that make it happen, and in the same transaction."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from keepwell.cases.models import Case
from keepwell.cases.severities import Severity
from keepwell.cases.verbs.assigning import Assignment, assign
from keepwell.cases.verbs.escalating import Destination, escalate, return_
from keepwell.cases.verbs.noting import add_note
from keepwell.cases.verbs.severity import Reassessment, change_severity
from keepwell.cases.verbs.spam import mark_spam
from keepwell.conversations.verbs.failing import fail
from keepwell.conversations.words import Words
from keepwell.journal.models import Entry
from keepwell.journal.recording import record
from keepwell.notices.models import Notice
from keepwell.notices.tests.elm_falls import ENOUGH, NINE, answer, open_for, told, wall, write_again
from keepwell.people.actors import System
from keepwell.people.verbs.deactivating import deactivate
from keepwell.service_levels.passing import fire_what_is_due
from tests import cast

pytestmark = pytest.mark.django_db

MARIA, LEA, THEO = "Maria Petersen", "Lea Novak", "Theo Lindqvist"


def test_whoever_is_given_a_case_is_told_and_who_gives_it_is_not(dana, maria, lea):
    case = open_for(dana)
    assign(case, Assignment(to=maria), by=lea)
    assert told() == [("assigned", MARIA)]


def test_who_takes_a_case_himself_is_not_told(marias):
    assert told() == []


def test_a_customers_answer_is_told_to_who_works_on_it(marias, dana):
    write_again(marias, dana)
    assert told() == [("answered", MARIA)]


def test_a_colleagues_note_is_told_and_ones_own_is_not(marias, maria, lea):
    add_note(marias, Words(body="Mine"), by=maria)
    assert told() == []
    add_note(marias, Words(body="Hers"), by=lea)
    assert told() == [("noted", MARIA)]


def test_a_hand_off_is_told_to_the_team_that_is_asked_and_its_return_to_who_asked(marias, maria, theo):
    escalate(marias, Destination(level=2, team=cast.team_at(2)), ENOUGH, by=maria)
    assert told() == [("hand_off_asked", THEO)]
    return_(Case.objects.get(pk=marias.pk), "Ask for the log first", by=theo)
    assert told("hand_off_returned") == [("hand_off_returned", MARIA)]


def test_a_case_of_high_is_told_to_the_level_where_it_arrives(dana, maria, lea, theo):
    open_for(dana, severity=Severity.HIGH)
    assert told() == [("high_arrived", LEA), ("high_arrived", MARIA)]


def test_a_case_that_becomes_high_is_told_to_who_works_on_it_but_for_who_raised_it(marias, maria, lea):
    change_severity(marias, Reassessment(severity=Severity.HIGH), by=lea)
    assert told() == [("high_arrived", MARIA)]
    change_severity(Case.objects.get(pk=marias.pk), Reassessment(severity=Severity.LOW), by=lea)
    assert told() == [("high_arrived", MARIA)]


def test_a_promise_that_runs_out_is_told_to_who_works_on_it_once(marias, clock_at):
    at = clock_at(NINE + timedelta(days=3))
    fire_what_is_due(at=at)
    first = told()
    assert ("due_soon", MARIA) in first or ("missed", MARIA) in first
    fire_what_is_due(at=clock_at(NINE + timedelta(days=3, minutes=1)))
    assert told() == first
    assert {one.user.name for one in Notice.objects.all()} == {MARIA}


def test_of_a_case_that_nobody_has_the_team_is_told_that_its_time_runs_out(dana, maria, lea, clock_at):
    open_for(dana)
    fire_what_is_due(at=clock_at(wall("10 16:59")))
    assert {name for _what, name in told()} == {MARIA, LEA}


def test_a_message_that_did_not_arrive_is_told_to_its_writer(marias, maria, lea):
    fail(answer(marias, lea))
    assert told() == [("not_delivered", LEA)]


def test_a_mail_that_waits_is_told_to_those_who_may_place_it(marias, maria, lea, theo):
    cast.sam_the_success_manager()
    cast.ines_the_engineer()
    with transaction.atomic():
        record("inbound_mail.held", by=System("email"), subjects=[("inbound_mail", 1)], facts={})
    assert {name for _what, name in told()} == {MARIA, LEA, THEO}


def test_of_spam_and_of_what_is_long_past_nobody_is_told(marias, dana, lea, clock_at):
    mark_spam(marias, by=lea)
    write_again(marias, dana)
    clock_at(NINE + timedelta(days=5))
    other = open_for(dana)
    assign(other, Assignment(to=cast.maria_the_specialist()), by=lea, at=NINE)
    assert told() == []


def test_who_has_left_is_not_told(marias, dana, maria):
    deactivate(maria, by=cast.ada_the_administrator())
    write_again(marias, dana)
    assert told() == []


def test_a_change_that_fails_tells_nobody(marias, dana):
    with transaction.atomic():
        write_again(marias, dana)
        assert told()
        transaction.set_rollback(True)
    assert told() == []


def test_nobody_is_told_twice_of_one_entry_nor_of_his_own_act_nor_of_what_he_may_not_see(
    marias, dana, maria, lea, theo, clock_at
):
    """Everything at once, then what must hold of every notice."""
    cast.nora_of_another_town(), cast.carl_the_administrator_of_elm_falls(), cast.sam_the_success_manager()
    write_again(marias, dana)
    for who in (maria, lea, theo):
        add_note(marias, Words(body="Seen"), by=who)
    change_severity(Case.objects.get(pk=marias.pk), Reassessment(severity=Severity.HIGH), by=theo)
    escalate(Case.objects.get(pk=marias.pk), Destination(level=2, team=cast.team_at(2)), ENOUGH, by=lea)
    return_(Case.objects.get(pk=marias.pk), "Ask for the log first", by=theo)
    fail(answer(Case.objects.get(pk=marias.pk), maria))
    open_for(dana, severity=Severity.HIGH)
    fire_what_is_due(at=clock_at(NINE + timedelta(days=2)))
    found = list(Notice.objects.select_related("entry", "user", "case"))
    assert len({one.happening for one in found}) >= 7
    assert len({(one.entry_id, one.user_id) for one in found}) == len(found)
    for one in found:
        assert one.entry.actor_ref != one.user.actor_ref
        assert one.user.is_staff_member
        assert Case.objects.visible_to(one.user).filter(pk=one.case_id).exists()
        assert Entry.objects.about("case", one.case_id).filter(pk=one.entry_id).exists()
