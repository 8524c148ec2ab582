"""Staff who see cases see side threads; nobody else learns that there is one."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile

from keepwell.cases.tests.elm_falls import NINE
from keepwell.conversations import queries as conversations
from keepwell.conversations.thread import thread as conversation_thread
from keepwell.files.orphans import owner_names, unowned
from keepwell.files.verbs.storing import store
from keepwell.journal.kinds import kinds_customers_see
from keepwell.journal.models import Entry
from keepwell.people.actors import System
from keepwell.side_threads.models import SideThread
from keepwell.side_threads.queries import messages_beside, own_kinds, threads_beside, visible_entries
from keepwell.side_threads.tests.outside import ANSWERED, ASKED, JOE, ask, hear
from keepwell.side_threads.verbs.ending import end
from tests import cast


@pytest.fixture
def thread(case, maria):
    begun = ask(case, maria)
    hear(begun)
    return begun


def beside(case, who):
    return messages_beside(case, who, since=None, before=None)


def test_staff_see_it_and_customers_and_their_contacts_see_none(thread, case, dana):
    assert list(SideThread.objects.visible_to(cast.ines_the_engineer())) == [thread]
    assert list(SideThread.objects.visible_to(System("email"))) == [thread]
    for who in (dana, dana.contact, cast.carl_the_administrator_of_elm_falls(), cast.nora_of_another_town()):
        assert not SideThread.objects.visible_to(who).exists()
        assert threads_beside(case, who) == []
        assert beside(case, who) == []
        assert not visible_entries(who).exists()


def test_no_kind_of_entry_of_a_side_thread_is_for_customers(thread):
    assert own_kinds()
    assert not set(own_kinds()) & set(kinds_customers_see())
    assert (
        visible_entries(cast.maria_the_specialist()).count()
        == Entry.objects.filter(kind__startswith="side_").count()
    )


def test_what_a_customer_reads_of_the_conversation_holds_no_word_of_it(thread, case, dana, maria):
    for who in (dana, maria):
        said = [line.said.body for line in conversation_thread(case.conversation, who).lines]
        assert said
        assert not {ASKED, ANSWERED} & set(said)
        assert not conversations.messages_visible_to(who).filter(body__in=[ASKED, ANSWERED]).exists()


def test_a_file_of_a_side_thread_is_no_file_that_a_customer_may_see_and_is_kept(
    thread, case, dana, maria, clock_at, settings, tmp_path
):
    settings.VAR = tmp_path
    file = store(ContentFile(b"log", name="log.txt"), by=System("email"))
    hear(thread, "Here.", files=[file])
    assert not conversations.attachments_visible_to(dana).filter(pk=file.pk).exists()
    assert not conversations.attachments_visible_to(maria).filter(pk=file.pk).exists()
    assert "side messages" in owner_names()
    assert not unowned(NINE.replace(year=2027)).filter(pk=file.pk).exists()


def test_what_they_answered_stands_first_then_what_waits_then_what_ended(case, maria, thread):
    ended = end(ask(case, maria, JOE, subject="Another"), by=maria)
    waits = ask(case, maria, JOE, subject="A third")
    assert threads_beside(case, maria) == [thread, waits, ended]


def test_many_side_threads_cost_as_many_queries_as_one(case, maria, thread, django_assert_num_queries):
    with django_assert_num_queries(2):
        threads_beside(case, maria)
    with django_assert_num_queries(2):
        beside(case, maria)
    for number in range(5):
        hear(ask(case, maria, JOE, subject=f"Number {number}"))
    with django_assert_num_queries(2):
        assert len(threads_beside(case, maria)) == 6
    with django_assert_num_queries(2):
        assert len(beside(case, maria)) == 12
