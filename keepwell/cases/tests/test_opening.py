"""A problem becomes a case."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction

from keepwell.cases.models import Case, LevelStay
from keepwell.cases.new_case import NewCase
from keepwell.cases.refusals import CaseRefused
from keepwell.cases.tests.elm_falls import NINE, SYSTEM, facts, kinds, open_for, words
from keepwell.cases.verbs.opening import open_case
from keepwell.conversations.attaching import NotYourFile
from keepwell.conversations.models import Channel, Conversation, Message, Note
from keepwell.conversations.words import NothingSaid, Words
from keepwell.customers.details import DeploymentDetails
from keepwell.customers.verbs.deploying import add_deployment
from keepwell.files.verbs.storing import store
from keepwell.people.permits import NotPermitted
from tests import cast


def test_a_customer_opens_a_case_and_his_words_are_its_first_message(case, dana):
    assert case.state == "new"
    assert case.account == cast.elm_falls()
    assert case.is_verified_sender
    assert (case.last_message_direction, case.last_message_at) == ("in", NINE)
    assert Message.objects.get(conversation=case.conversation_id).author_contact == dana.contact
    assert kinds(case) == ["case.opened", "message.received"]


def test_numbers_begin_at_a_thousand_and_one_and_go_up(opened):
    first, second = opened(), opened()
    assert first.number >= 1001
    assert second.number > first.number


def test_the_entry_carries_what_the_clocks_need_and_no_words(case):
    assert facts(case, "case.opened") == {
        "account": case.account_id,
        "severity": "normal",
        "opened_by": "customer",
        "live": False,
        "channel": "portal",
        "unverified": False,
        "private": False,
        "follow_up_of": None,
    }


def test_a_new_case_is_at_level_one_from_its_opening(case):
    stay = LevelStay.objects.get(case=case)
    assert (stay.level, stay.team, stay.entered_at, stay.left_at) == (1, None, NINE, None)


def test_a_contact_who_is_not_signed_in_is_an_unverified_sender(guidelines):
    somebody = cast.contact_of_somebody_unknown()
    new = NewCase(subject="Hello", contact=somebody, words=words(channel=Channel.FORM))
    case = open_case(new, by=somebody)
    assert not case.is_verified_sender
    assert case.account is None
    assert facts(case, "case.opened")["unverified"] is True


def test_a_case_from_an_answered_call_is_open_and_live_and_its_words_are_a_note(dana, maria):
    new = NewCase(
        subject="Called about the printer",
        contact=dana.contact,
        words=words(channel=Channel.PHONE),
        severity="high",
        situation="Nobody can print permits",
        is_live=True,
    )
    case = open_case(new, by=maria)
    assert (case.state, case.live, case.channel, case.opened_by) == ("open", True, "phone", "customer")
    assert Note.objects.get(conversation=case.conversation_id).author == maria
    assert not Message.objects.filter(conversation=case.conversation_id).exists()


def test_a_case_of_our_own_accord_waits_for_nobodys_first_answer(dana, maria):
    case = open_case(NewCase(subject="Disk fills up", contact=dana.contact, opened_by="staff"), by=maria)
    assert case.state == "open"


@pytest.mark.parametrize("subject", ["", "  \n ", "x" * 251])
def test_a_subject_is_one_line_of_some_words(dana, subject):
    with pytest.raises(CaseRefused):
        open_for(dana, subject=subject)
    assert not Case.objects.exists()


def test_a_subject_of_several_lines_becomes_one_and_a_script_stays_text(opened):
    assert opened(subject="<script>\n alert(1)\x00</script>").subject == "<script> alert(1)</script>"


def test_nothing_is_opened_where_nothing_is_said(dana):
    with pytest.raises(NothingSaid):
        words(body="  ")
    assert not Case.objects.exists()


def test_nothing_half_stands_when_the_message_is_refused(dana, nora):
    theirs = store(SimpleUploadedFile("plan.txt", b"a plan", "text/plain"), by=nora)
    with pytest.raises(NotYourFile):
        open_for(dana, words=Words(body="See the plan", channel=Channel.PORTAL, attachments=[theirs]))
    assert not Case.objects.exists()
    assert not Conversation.objects.exists()


def test_an_engineer_opens_no_cases(dana, ines):
    with pytest.raises(NotPermitted):
        open_case(NewCase(subject="Mine", contact=dana.contact), by=ines)


def test_an_installation_of_another_account_is_refused(dana):
    theirs = add_deployment(cast.another_town(), cast.roadworks(), DeploymentDetails(), by=SYSTEM)
    with pytest.raises(CaseRefused, match="another account"):
        open_for(dana, deployment=theirs)


def test_the_product_is_that_of_the_installation(dana):
    ours = add_deployment(cast.elm_falls(), cast.roadworks(), DeploymentDetails(), by=SYSTEM)
    assert open_for(dana, deployment=ours).product == cast.roadworks()


@pytest.mark.parametrize(
    "columns",
    [
        {"state": "asleep"},
        {"severity": "urgent"},
        {"level": 4},
        {"subject": ""},
        {"state": "closed"},
        {"state": "resolved"},
        {"state": "scheduled"},
        {"channel": "pigeon"},
        {"opened_by": "nobody"},
        {"last_message_direction": "up"},
    ],
)
def test_the_database_itself_refuses_what_no_verb_writes(case, columns):
    with pytest.raises(IntegrityError), transaction.atomic():
        Case.objects.filter(pk=case.pk).update(**columns)


def test_the_database_refuses_two_stays_at_once(case):
    with pytest.raises(IntegrityError), transaction.atomic():
        LevelStay.objects.create(case=case, level=2, entered_at=NINE)


def test_the_sequence_of_numbers_belongs_to_the_column_so_that_a_restore_finds_it(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_serial_sequence('keepwell_cases_case', 'number')")
        assert cursor.fetchone() == ("public.keepwell_case_number",)
