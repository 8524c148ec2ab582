"""Asking somebody outside, writing on, what he answers, ending it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile

from keepwell.cases.models import Case
from keepwell.cases.refusals import NotNow
from keepwell.cases.tests.elm_falls import NINE, now, open_for
from keepwell.cases.verbs.merging import merge
from keepwell.conversations.attaching import NotYourFile
from keepwell.conversations.models import Message
from keepwell.conversations.words import NothingSaid, Words
from keepwell.customers.models import Contact, ContactAddress
from keepwell.customers.refusals import AddressRefused
from keepwell.files.verbs.storing import store
from keepwell.journal.models import Entry
from keepwell.people.permits import NotPermitted
from keepwell.side_threads.asked import Asked, asked
from keepwell.side_threads.models import SideMessage, SideState, SideThread
from keepwell.side_threads.refusals import (
    FilesDoNotGo,
    HasEnded,
    NobodyAsked,
    NobodyLeft,
    NoSubject,
    OneOfUs,
    ReadsTheCase,
    SomethingNewAside,
    TooManyAsked,
)
from keepwell.side_threads.tests.outside import ANSWERED, ASKED, JOE, ROSA, SUBJECT, ask, hear, question
from keepwell.side_threads.verbs.answering import answer
from keepwell.side_threads.verbs.beginning import begin
from keepwell.side_threads.verbs.ending import end, reopen
from keepwell.side_threads.verbs.erasing import erase_asked
from tests import cast

LATER = NINE + timedelta(minutes=5)


def kinds(case: Case) -> list[str]:
    found = Entry.objects.about("case", case.pk).filter(kind__startswith="side_")
    return list(found.values_list("kind", flat=True))


def test_a_side_thread_begins_with_our_words_and_waits_for_whoever_is_asked(case, maria):
    thread = ask(case, maria, f"Rosa Lind <{ROSA}>, {JOE}")
    said = thread.messages.get()
    assert (thread.subject, thread.state, thread.begun_by) == (SUBJECT, SideState.WAITING, maria)
    assert [(party.address, party.name) for party in thread.parties.order_by("pk")] == [
        (ROSA, "Rosa Lind"),
        (JOE, ""),
    ]
    assert (said.body, said.author, said.is_ours, said.deliveries.count()) == (ASKED, maria, True, 2)
    assert kinds(case) == ["side_thread.begun", "side_message.sent"]


def test_nothing_of_it_stands_in_the_conversation_and_nobody_becomes_a_contact(case, maria):
    contacts, messages = Contact.objects.count(), Message.objects.count()
    hear(ask(case, maria))
    assert Message.objects.count() == messages
    assert Contact.objects.count() == contacts
    assert not ContactAddress.objects.filter(email=ROSA).exists()


def test_the_case_stays_as_it_is(case, maria):
    before = now(case)
    hear(ask(case, maria))
    after = now(case)
    columns = ("state", "version", "changed_at", "last_message_at", "last_message_direction")
    assert [getattr(after, name) for name in columns] == [getattr(before, name) for name in columns]


def test_an_answer_opens_it_and_our_next_word_lets_it_wait_again(case, maria):
    thread = ask(case, maria)
    heard = hear(thread)
    assert (thread.state, heard.body, heard.party.address) == (SideState.OPEN, ANSWERED, ROSA)
    answer(thread, Words(body="Thank you."), by=maria, at=LATER)
    assert thread.state == SideState.WAITING
    assert list(thread.messages.order_by("pk").values_list("direction", flat=True)) == ["out", "in", "out"]


def test_one_that_ended_takes_no_word_of_ours_until_it_is_open_again(case, maria):
    thread = end(ask(case, maria), by=maria)
    with pytest.raises(HasEnded):
        answer(thread, Words(body="And?"), by=maria)
    assert reopen(thread, by=maria).state == SideState.OPEN
    answer(thread, Words(body="And?"), by=maria)
    assert kinds(case)[2:] == ["side_thread.ended", "side_thread.reopened", "side_message.sent"]


def test_ending_it_twice_is_ending_it_once(case, maria):
    thread = end(end(ask(case, maria), by=maria), by=maria)
    reopen(reopen(thread, by=maria), by=maria)
    assert kinds(case)[2:] == ["side_thread.ended", "side_thread.reopened"]


def test_an_answer_to_one_that_ended_opens_it_again(case, maria):
    thread = end(ask(case, maria), by=maria)
    hear(thread)
    assert thread.state == SideState.OPEN
    assert kinds(case)[-2:] == ["side_message.received", "side_thread.reopened"]


def test_a_double_click_asks_once(case, maria):
    thread = ask(case, maria)
    assert ask(case, maria) == thread
    assert SideThread.objects.count() == 1
    hear(thread)
    assert ask(case, maria) != thread
    answer(thread, Words(body="Thanks"), by=maria)
    answer(thread, Words(body="Thanks"), by=maria)
    assert thread.messages.filter(body="Thanks").count() == 1


def test_whoever_writes_past_an_answer_is_stopped_once(case, maria):
    thread = ask(case, maria)
    read = thread.messages.get().pk
    heard = hear(thread)
    with pytest.raises(SomethingNewAside):
        answer(thread, Words(body="Well?"), seen_through=read, by=maria)
    answer(thread, Words(body="Well?"), seen_through=heard.pk, by=maria)


@pytest.mark.parametrize("typed", ["", "  ", " , ; \n"])
def test_somebody_has_to_be_asked(typed):
    with pytest.raises(NobodyAsked):
        asked(typed)


def test_what_is_no_address_and_too_many_of_them_are_refused():
    with pytest.raises(AddressRefused, match="rosa at hosting"):
        asked("rosa at hosting")
    with pytest.raises(TooManyAsked):
        asked(", ".join(f"{number}@hosting.example" for number in range(11)))


def test_a_name_is_that_of_a_single_address_and_an_address_counts_once():
    assert asked(ROSA, name=" Rosa  Lind ") == (Asked(address=ROSA, name="Rosa Lind"),)
    assert [one.name for one in asked(f"{ROSA}, {JOE}", name="Rosa")] == ["", ""]
    assert len(asked(f"{ROSA}; {ROSA.upper()}")) == 1


def test_it_needs_a_subject_and_words_or_a_file(case, maria):
    with pytest.raises(NoSubject):
        ask(case, maria, subject="  ")
    with pytest.raises(NothingSaid):
        ask(case, maria, body=" ")
    assert not SideThread.objects.exists()


def test_whoever_takes_part_in_the_case_is_written_to_there_and_one_of_us_by_a_note(case, maria):
    with pytest.raises(ReadsTheCase, match="Dana@elmfalls"):
        ask(case, maria, "Dana@ElmFalls.example")
    with pytest.raises(OneOfUs, match="lea@"):
        ask(case, maria, cast.lea_the_lead().email)
    assert not SideThread.objects.exists()


def test_another_person_of_the_customer_may_be_asked_as_the_countys_own_it_is(case, maria):
    carl = cast.carl_the_administrator_of_elm_falls()
    assert ask(case, maria, carl.email).parties.get().address == carl.email


def test_a_customer_asks_nobody_and_writes_in_no_side_thread(case, maria, dana):
    with pytest.raises(NotPermitted):
        ask(case, dana)
    thread = ask(case, maria)
    for act in (
        lambda: answer(thread, Words(body="Hi"), by=dana),
        lambda: end(thread, by=dana),
        lambda: reopen(thread, by=dana),
        lambda: answer(thread, Words(body="Hi"), by=dana.contact),
    ):
        with pytest.raises(NotPermitted):
            act()


def test_files_go_along_and_one_of_somebody_else_does_not(case, maria, dana, settings, tmp_path):
    settings.VAR = tmp_path
    mine, hers = (store(ContentFile(b"log", name="log.txt"), by=who) for who in (maria, dana))
    thread = ask(case, maria, attachments=[mine])
    assert [row.attachment for row in thread.messages.get().attached.all()] == [mine]
    with pytest.raises(NotYourFile):
        answer(thread, Words(body="", attachments=[hers]), by=maria)


def test_what_does_not_fit_into_a_mail_is_refused_for_there_is_no_page_to_read_it_on(
    case, maria, settings, tmp_path
):
    settings.VAR, settings.KEEPWELL_MAIL_ATTACHED_MEGABYTES = tmp_path, 1
    large = store(ContentFile(b"x" * (1024 * 1024 + 1), name="dump.txt"), by=maria)
    with pytest.raises(FilesDoNotGo, match=r"dump\.txt"):
        ask(case, maria, attachments=[large])
    assert not SideThread.objects.exists()


def test_nobody_is_left_to_write_to_once_all_are_forgotten(case, maria):
    thread = ask(case, maria)
    erase_asked(ROSA, by=cast.ada_the_administrator())
    with pytest.raises(NobodyLeft):
        answer(thread, Words(body="Hello?"), by=maria)


def test_a_merged_case_hands_its_side_threads_on(case, maria, dana):
    other = open_for(dana)
    thread = ask(case, maria)
    merge(case, other, by=maria)
    thread.refresh_from_db()
    assert thread.case == other
    entry = Entry.objects.get(kind="side_thread.handed_on")
    assert (entry.facts, entry.ids_of("case")) == (
        {"side_thread": thread.pk, "from_case": case.pk},
        [other.pk],
    )
    hear(thread)
    assert Entry.objects.about("case", other.pk).filter(kind="side_message.received").exists()


def test_nobody_asks_at_a_case_that_was_merged(case, maria, dana):
    merge(case, open_for(dana), by=maria)
    with pytest.raises(NotNow):
        ask(case, maria)


def test_the_subject_is_one_line(case, maria):
    assert begin(case, question(subject=" Is node\r\n 4  up? "), by=maria).subject == "Is node 4 up?"


def test_a_third_partys_message_is_no_message_by_any_name(case, maria):
    """The invariant is one of tables: nothing that a customer reads is made of what stands here."""
    hear(ask(case, maria))
    for model in (Message,):
        relations = {field.related_model for field in model._meta.get_fields() if field.is_relation}
        assert not relations & {SideThread, SideMessage}
