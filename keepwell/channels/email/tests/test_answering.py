"""Answers by mail: to whom, which ones, and what a failed delivery does."""

from __future__ import annotations

from datetime import timedelta

import pytest

from keepwell.cases.models import Case
from keepwell.cases.new_case import NewCase
from keepwell.cases.tests.elm_falls import NINE, answer, open_for, words
from keepwell.cases.verbs.noting import add_note
from keepwell.cases.verbs.opening import open_case
from keepwell.channels.checks import mail_keys
from keepwell.channels.email.understanding.keys import seal_keys
from keepwell.channels.email.understanding.signing import Standing, read_message_id
from keepwell.channels.email.verbs.answering import mail_answer
from keepwell.conversations.models import Message, MessageState
from keepwell.conversations.verbs.participating import add_participant
from keepwell.conversations.verbs.releasing import release
from keepwell.conversations.verbs.writing import write
from keepwell.conversations.words import Words
from keepwell.customers.verbs.adding import add_contact
from keepwell.customers.verbs.addressing import confirm_address
from keepwell.journal.models import Entry
from keepwell.journal.recording import record
from keepwell.outbox.models import Outgoing
from keepwell.people.actors import System
from tests import cast

pytestmark = pytest.mark.django_db
SYSTEM = System("test")


@pytest.fixture(autouse=True)
def nine_in_the_morning(clock_at) -> None:
    clock_at(NINE)
    cast.the_guidelines()


@pytest.fixture
def maria():
    return cast.maria_the_specialist()


@pytest.fixture
def case() -> Case:
    return open_for(cast.dana_at_elm_falls())


def text_of(mail: Outgoing) -> str:
    return bytes(mail.raw).decode()


def test_an_answer_goes_to_whoever_opened_the_case(case, maria):
    message = answer(case, maria, NINE)
    mail = Outgoing.objects.get()
    assert (mail.to_address, mail.purpose) == ("dana@elmfalls.example", "reply")
    assert mail.subject == f"[#{case.number}] The printer is silent"
    assert "We look into it." in text_of(mail)
    assert f"/portal/cases/{case.number}/" in text_of(mail)
    assert "From: Maria Petersen <" in text_of(mail)
    [theirs] = Message.objects.filter(direction="in")
    assert mail.about == [["message", message.pk], ["case", case.pk], ["quoted_message", theirs.pk]]


def test_nothing_leaves_before_the_answer_does(case, maria):
    write(case.conversation, Words(body="Not yet."), about=[("case", case.pk)], by=maria, at=NINE)
    assert not Outgoing.objects.exists()


def test_a_note_is_never_mailed(case, maria):
    add_note(case, words("staff only", "desk"), by=maria, at=NINE)
    assert not Outgoing.objects.exists()


def test_what_the_product_writes_by_itself_is_not_mailed_as_an_answer(case):
    message = write(
        case.conversation, Words(body="Automatic."), about=[("case", case.pk)], by=SYSTEM, at=NINE
    )
    release(message, at=NINE + timedelta(minutes=1))
    assert not Outgoing.objects.exists()


def test_an_address_that_nobody_confirmed_gets_nothing(maria):
    somebody = cast.contact_of_somebody_unknown()
    theirs = open_case(
        NewCase(subject="From outside", contact=somebody, words=words(channel="form")), by=somebody, at=NINE
    )
    answer(theirs, maria, NINE)
    assert not Outgoing.objects.exists()
    by_phone = open_case(NewCase(subject="Called", contact=somebody), by=maria, at=NINE)
    answer(by_phone, maria, NINE)
    assert not Outgoing.objects.exists()


def test_a_bounced_address_gets_nothing(case, maria):
    cast.dana_at_elm_falls().contact.addresses.update(bounced_at=NINE)
    answer(case, maria, NINE)
    assert not Outgoing.objects.exists()


def test_who_cannot_sign_in_is_led_to_the_page_that_takes_a_code(maria):
    contact = add_contact("Rosa", email="rosa@elmfalls.example", account=cast.elm_falls(), by=SYSTEM)
    confirm_address(contact.addresses.get(), by=SYSTEM)
    theirs = open_case(NewCase(subject="Called", contact=contact), by=maria, at=NINE)
    answer(theirs, maria, NINE)
    assert f"/follow/{theirs.number}/" in text_of(Outgoing.objects.get())


def test_each_who_takes_part_gets_a_mail_of_his_own(case, maria):
    carl = cast.carl_the_administrator_of_elm_falls()
    add_participant(case.conversation, carl.contact, by=maria, at=NINE)
    answer(case, maria, NINE)
    mails = list(Outgoing.objects.order_by("to_address"))
    assert [mail.to_address for mail in mails] == ["carl@elmfalls.example", "dana@elmfalls.example"]
    assert "dana@" not in text_of(mails[0])


def test_the_message_id_of_each_mail_is_sealed_for_its_conversation_and_recipient(case, maria):
    carl = cast.carl_the_administrator_of_elm_falls().contact
    add_participant(case.conversation, carl, by=maria, at=NINE)
    message = answer(case, maria, NINE)
    claims = [
        read_message_id(mail.message_id, seal_keys()) for mail in Outgoing.objects.order_by("to_address")
    ]
    assert [claim.ticket.recipient for claim in claims] == [carl.pk, case.contact_id]
    assert {claim.ticket.conversation for claim in claims} == {case.conversation_id}
    assert {claim.message for claim in claims} == {message.pk}
    first = Outgoing.objects.earliest("pk")
    assert f"Message-ID: {first.message_id}" in text_of(first).replace("\r\n <kw", "<kw")


def test_a_key_drawn_later_seals_and_the_older_one_is_believed(case, maria, settings):
    answer(case, maria, NINE)
    before = Outgoing.objects.get().message_id
    settings.KEEPWELL_MAIL_KEYS = ["a key that was drawn by chance, later", "installation"]
    assert read_message_id(before, seal_keys()).standing is Standing.GOOD
    settings.KEEPWELL_MAIL_KEYS = ["a key that was drawn by chance, later"]
    assert read_message_id(before, seal_keys()).standing is Standing.BROKEN


def test_a_key_that_could_be_guessed_is_refused_at_the_start_without_being_shown(settings):
    settings.KEEPWELL_MAIL_KEYS = ["installation", "hunter2"]
    (error,) = mail_keys()
    assert "key 2" in error.msg
    assert "hunter2" not in error.msg
    settings.KEEPWELL_MAIL_KEYS = []
    assert mail_keys() == []


def test_history_that_is_brought_in_is_mailed_to_nobody(case, maria, clock_at):
    clock_at(NINE + timedelta(days=2))
    answer(case, maria, NINE)
    assert not Outgoing.objects.exists()


def test_an_answer_whose_mail_fails_is_marked_and_is_not_mailed_again_when_it_arrives(case, maria):
    message = answer(case, maria, NINE)
    mail = Outgoing.objects.get()
    Outgoing.objects.filter(pk=mail.pk).update(state="failed")
    _tell("mail.failed", mail)
    assert Message.objects.get(pk=message.pk).state == MessageState.FAILED
    Outgoing.objects.filter(pk=mail.pk).update(state="sent")
    _tell("mail.sent", mail)
    assert Message.objects.get(pk=message.pk).state == MessageState.SENT
    assert Outgoing.objects.count() == 1


def test_one_lost_copy_of_two_does_not_make_the_answer_fail(case, maria):
    add_participant(case.conversation, cast.carl_the_administrator_of_elm_falls().contact, by=maria, at=NINE)
    message = answer(case, maria, NINE)
    lost = Outgoing.objects.first()
    Outgoing.objects.filter(pk=lost.pk).update(state="failed")
    _tell("mail.failed", lost)
    assert Message.objects.get(pk=message.pk).state == MessageState.SENT


def test_mailing_the_same_answer_twice_sends_one_mail(case, maria):
    message = answer(case, maria, NINE)
    assert mail_answer(message, case, by=SYSTEM) == []
    assert Entry.objects.about("message", message.pk).filter(kind="mail.queued").count() == 1


def _tell(kind: str, mail: Outgoing) -> None:
    record(kind, by=System("outbox"), at=NINE, subjects=mail.subjects, facts={"outgoing": mail.pk})
