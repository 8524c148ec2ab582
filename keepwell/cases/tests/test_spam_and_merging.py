"""What is nobody's problem, and what is the same problem twice."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from keepwell.cases.models import Case, LevelStay
from keepwell.cases.new_case import NewCase
from keepwell.cases.queries import conversation_ids
from keepwell.cases.refusals import CaseHasChanged, CaseRefused, NotNow
from keepwell.cases.tests.elm_falls import DAY, HOUR, NINE, SOLVED, facts, kinds, now, open_for, words
from keepwell.cases.verbs.assigning import Assignment, assign
from keepwell.cases.verbs.merging import merge
from keepwell.cases.verbs.opening import open_case
from keepwell.cases.verbs.privacy import make_private
from keepwell.cases.verbs.replying import Reply, reply
from keepwell.cases.verbs.resolving import resolve
from keepwell.cases.verbs.snoozing import snooze
from keepwell.cases.verbs.spam import mark_spam, not_spam
from keepwell.cases.verbs.waiting import schedule
from keepwell.conversations.models import Message, Participant
from keepwell.journal.models import Entry
from keepwell.people.permits import NotPermitted
from tests import cast


def test_spam_leaves_the_lists_and_comes_back_where_it_stood(case, maria):
    schedule(case, NINE + DAY, by=maria)
    marked = mark_spam(case, by=maria, at=NINE + HOUR)
    assert not Case.objects.open().filter(pk=case.pk).exists()
    assert not LevelStay.objects.filter(case=case, left_at=None).exists()
    with pytest.raises(NotNow, match="marked as spam"):
        assign(case, Assignment(to=maria), by=maria)
    back = not_spam(case, by=maria, at=NINE + 2 * HOUR)
    assert (back.state, back.scheduled_until_at) == (marked.state, NINE + DAY)
    assert LevelStay.objects.filter(case=case, left_at=None).count() == 1


def test_what_is_not_spam_cannot_be_taken_back_from_it(case, maria):
    with pytest.raises(CaseRefused, match="not marked"):
        not_spam(case, by=maria)


def test_marked_as_spam_a_sleeping_case_wakes_nobody(case, maria):
    snooze(case, NINE + DAY, by=maria)
    assert mark_spam(case, by=maria).snoozed_until_at is None


def test_customers_mark_nothing_as_spam(case, dana):
    with pytest.raises(NotPermitted):
        mark_spam(case, by=dana)


def test_merged_the_case_leads_to_the_survivor_and_each_tells_it_once(opened, maria):
    case, survivor = opened(), opened()
    kept = merge(case, survivor, by=maria, at=NINE + HOUR)
    assert kept == survivor
    assert now(case).merged_into == survivor
    assert (now(case).state, now(case).closed_at) == ("closed", NINE + HOUR)
    assert facts(case, "case.merged") == {"into": survivor.pk}
    assert facts(survivor, "case.absorbed") == {"from_case": case.pk}
    merged, absorbed = Entry.objects.filter(kind__in=["case.merged", "case.absorbed"]).order_by("pk")
    assert (merged.kind, merged.cause) == ("case.merged", absorbed.cause)
    assert not LevelStay.objects.filter(case=case, left_at=None).exists()


def test_the_survivor_shows_what_was_said_in_both_and_nothing_moved(opened, maria, dana):
    case, survivor = opened(words=words("The first")), opened(words=words("The second"))
    merge(case, survivor, by=maria)
    shown = conversation_ids(survivor, maria)
    assert shown == [survivor.conversation_id, case.conversation_id]
    assert Message.objects.filter(conversation__in=shown).count() == 2
    assert Message.objects.get(body="The first").conversation_id == case.conversation_id
    assert conversation_ids(survivor, dana) == shown


def test_who_took_part_takes_part_in_the_survivor(dana, carl, maria):
    case, survivor = open_for(carl), open_for(dana)
    merge(case, survivor, by=maria)
    assert Participant.objects.get(conversation=survivor.conversation_id, contact=carl.contact).takes_part
    assert Case.objects.visible_to(carl).filter(pk=survivor.pk).exists()


def test_a_user_reads_of_merged_cases_only_what_he_could_read_before(dana, carl, maria):
    case, survivor = open_for(carl), open_for(dana)
    merge(case, survivor, by=maria)
    assert conversation_ids(survivor, dana) == [survivor.conversation_id]
    assert conversation_ids(survivor, carl) == [survivor.conversation_id, case.conversation_id]


def test_an_unproven_sender_gets_no_part_by_a_merge(guidelines, maria, opened):
    somebody = cast.contact_of_somebody_unknown()
    case, survivor = open_for_contact(somebody), open_for_contact(somebody)
    merge(case, survivor, by=maria)
    assert not Participant.objects.filter(
        conversation=survivor.conversation_id, confirmed_at__isnull=False
    ).exists()


def open_for_contact(contact) -> Case:
    return open_case(NewCase(subject="Help", contact=contact, words=words(channel="form")), by=contact)


def test_a_case_is_not_merged_into_itself(case, maria):
    with pytest.raises(CaseRefused, match="into itself"):
        merge(case, case, by=maria)


def test_no_chains_in_either_direction(opened, maria):
    one, two, three = opened(), opened(), opened()
    merge(one, two, by=maria)
    with pytest.raises(NotNow, match=f"merged into #{two.number}"):
        merge(three, one, by=maria)
    with pytest.raises(CaseRefused, match=f"Merge #{three.number} into it"):
        merge(two, three, by=maria)
    with pytest.raises(NotNow):
        merge(one, three, by=maria)
    assert merge(three, two, by=maria) == two


def test_cases_of_two_customers_are_never_merged(case, nora, maria):
    with pytest.raises(CaseRefused, match="different customers"):
        merge(open_for(nora), case, by=maria)


def test_a_private_case_is_merged_only_into_a_private_one(opened, maria):
    case, survivor = opened(), opened()
    make_private(case, by=maria)
    with pytest.raises(CaseRefused, match="private"):
        merge(case, survivor, by=maria)
    make_private(survivor, by=maria)
    assert merge(case, survivor, by=maria) == survivor


def test_an_open_case_does_not_disappear_in_one_that_has_ended(opened, maria):
    case, survivor = opened(), opened()
    resolve(survivor, SOLVED, by=maria)
    with pytest.raises(CaseRefused, match="Reopen"):
        merge(case, survivor, by=maria)
    resolve(case, SOLVED, by=maria)
    assert merge(case, survivor, by=maria) == survivor
    assert now(case).resolved_at == NINE


def test_while_an_answer_is_leaving_the_case_is_not_merged(opened, maria):
    case, survivor = opened(), opened()
    reply(case, Reply(words=words("Look"), undo_for=timedelta(seconds=10)), by=maria)
    with pytest.raises(CaseRefused, match="just leaving"):
        merge(case, survivor, by=maria)


def test_merging_asks_for_the_version_that_was_read(opened, maria, theo):
    case, survivor = opened(), opened()
    assign(case, Assignment(to=theo), by=theo)
    with pytest.raises(CaseHasChanged):
        merge(case, survivor, seen=case.version, by=maria)
    assert not now(case).is_merged


@pytest.mark.parametrize(
    "act", [lambda case, who: resolve(case, SOLVED, by=who), lambda case, who: mark_spam(case, by=who)]
)
def test_a_merged_case_is_not_worked_on_and_says_where_to_go(opened, maria, act):
    case, survivor = opened(), opened()
    merge(case, survivor, by=maria)
    with pytest.raises(NotNow, match=f"merged into #{survivor.number}: do this there"):
        act(case, maria)
    assert kinds(case)[-1] == "case.merged"


def test_the_database_refuses_a_merged_case_that_is_open(opened):
    case, survivor = opened(), opened()
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(merged_into=survivor)


def test_of_two_cases_the_older_is_locked_first_whichever_is_merged(opened, maria):
    """Else two who merge the same two crosswise could wait for each other."""
    one, two = opened(), opened()
    for case, survivor in ((one, two), (two, one)):
        with CaptureQueriesContext(connection) as asked, suppress(CaseRefused):
            merge(case, survivor, by=maria)
        locks = [query["sql"] for query in asked if "FOR NO KEY UPDATE OF" in query["sql"]]
        ids = [int(re.search(r'"keepwell_cases_case"."id" = (\d+)', lock)[1]) for lock in locks]
        assert ids[:2] == [one.pk, two.pk]
