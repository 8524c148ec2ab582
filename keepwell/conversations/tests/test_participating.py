import pytest

from keepwell.conversations.models import Participant
from keepwell.conversations.tests.elm_falls import NOON, kinds_about, last_entry, said
from keepwell.conversations.verbs.participating import (
    OpenerStays,
    add_participant,
    confirm_participant,
    remove_participant,
)
from keepwell.people.permits import NotPermitted


def test_whom_staff_add_takes_part_at_once(elm, wes, maria):
    assert add_participant(elm.conversation, wes.contact, by=maria, at=NOON).takes_part
    assert last_entry(elm.conversation).facts == {"contact": wes.contact.pk, "confirmed": True}


def test_whom_the_opener_adds_takes_part_at_once(elm, wes):
    assert add_participant(elm.conversation, wes.contact, by=elm.dana.user, at=NOON).takes_part


def test_whom_anybody_else_adds_is_suggested(elm, wes, carl):
    assert not add_participant(elm.conversation, wes.contact, by=carl.user, at=NOON).takes_part


def test_an_engineer_who_may_not_reply_confirms_nobody(elm, wes, ines):
    said(elm.conversation, wes)
    with pytest.raises(NotPermitted):
        confirm_participant(elm.conversation, wes.contact, by=ines, at=NOON)


def test_a_participant_does_not_confirm_another(elm, wes, carl, maria):
    add_participant(elm.conversation, wes.contact, by=maria, at=NOON)
    said(elm.conversation, carl)
    with pytest.raises(NotPermitted):
        confirm_participant(elm.conversation, carl.contact, by=wes.user, at=NOON)


def test_one_who_is_suggested_does_not_confirm_himself(elm, wes):
    said(elm.conversation, wes)
    with pytest.raises(NotPermitted):
        confirm_participant(elm.conversation, wes.contact, by=wes.user, at=NOON)
    assert not Participant.objects.get(contact=wes.contact).takes_part


def test_the_opener_confirms(elm, wes):
    said(elm.conversation, wes)
    assert confirm_participant(elm.conversation, wes.contact, by=elm.dana.user, at=NOON).takes_part
    assert last_entry(elm.conversation).kind == "participant.confirmed"


def test_confirming_twice_is_recorded_once(elm, wes, maria):
    said(elm.conversation, wes)
    for _time in range(2):
        confirm_participant(elm.conversation, wes.contact, by=maria, at=NOON)
    assert kinds_about(elm.conversation).count("participant.confirmed") == 1


def test_adding_somebody_who_is_there_changes_and_records_nothing(elm, wes, maria):
    for _time in range(2):
        add_participant(elm.conversation, wes.contact, by=maria, at=NOON)
    assert kinds_about(elm.conversation).count("participant.added") == 1


def test_adding_somebody_who_was_suggested_confirms_him(elm, wes, maria):
    said(elm.conversation, wes)
    assert add_participant(elm.conversation, wes.contact, by=maria, at=NOON).takes_part


def test_a_removed_one_can_come_back(elm, wes, maria):
    add_participant(elm.conversation, wes.contact, by=maria, at=NOON)
    remove_participant(elm.conversation, wes.contact, by=maria, at=NOON)
    assert add_participant(elm.conversation, wes.contact, by=maria, at=NOON).takes_part


def test_anybody_may_leave(elm, wes, maria):
    add_participant(elm.conversation, wes.contact, by=maria, at=NOON)
    assert not remove_participant(elm.conversation, wes.contact, by=wes.user, at=NOON).takes_part


def test_nobody_but_staff_and_the_opener_removes_another(elm, wes, carl, maria):
    add_participant(elm.conversation, wes.contact, by=maria, at=NOON)
    with pytest.raises(NotPermitted):
        remove_participant(elm.conversation, wes.contact, by=carl.user, at=NOON)


def test_the_opener_stays(elm, maria):
    with pytest.raises(OpenerStays):
        remove_participant(elm.conversation, elm.dana.contact, by=maria, at=NOON)
