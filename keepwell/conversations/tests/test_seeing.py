import pytest

from keepwell.conversations.models import ReadMark
from keepwell.conversations.seeing import SomethingNew
from keepwell.conversations.tests.elm_falls import NOON, answered, said, words
from keepwell.conversations.verbs.seeing import mark_seen, require_nothing_new
from keepwell.conversations.verbs.undoing import undo
from keepwell.conversations.verbs.writing import write


def test_nobody_answers_past_a_message_that_he_has_not_read(elm, maria):
    read = said(elm.conversation, elm.dana)
    newer = said(elm.conversation, elm.dana, "It works again")
    with pytest.raises(SomethingNew, match="1 new message came") as refusal:
        require_nothing_new(elm.conversation, seen_through=read.pk, by=maria)
    assert refusal.value.newer == [newer]


def test_who_has_read_all_may_answer(elm, maria):
    read = said(elm.conversation, elm.dana)
    require_nothing_new(elm.conversation, seen_through=read.pk, by=maria)


def test_what_i_wrote_myself_is_nothing_new(elm, maria):
    read = said(elm.conversation, elm.dana)
    answered(elm.conversation, maria)
    require_nothing_new(elm.conversation, seen_through=read.pk, by=maria)


def test_what_a_colleague_is_about_to_send_is_something_new(elm, maria, theo):
    read = said(elm.conversation, elm.dana)
    write(elm.conversation, words(), by=theo, at=NOON)
    with pytest.raises(SomethingNew):
        require_nothing_new(elm.conversation, seen_through=read.pk, by=maria)


def test_what_a_colleague_took_back_is_not(elm, maria, theo):
    read = said(elm.conversation, elm.dana)
    undo(write(elm.conversation, words(), by=theo, at=NOON), by=theo, at=NOON)
    require_nothing_new(elm.conversation, seen_through=read.pk, by=maria)


def test_a_mark_never_goes_back(elm, maria):
    first = said(elm.conversation, elm.dana)
    second = said(elm.conversation, elm.dana)
    for message in (second, first):
        mark_seen(elm.conversation, message=message.pk, by=maria, at=NOON)
    assert ReadMark.objects.get(user=maria).last_message == second


def test_reading_messages_leaves_the_mark_on_notes(elm, maria):
    message = said(elm.conversation, elm.dana)
    mark_seen(elm.conversation, message=message.pk, by=maria, at=NOON)
    mark_seen(elm.conversation, by=maria, at=NOON)
    mark = ReadMark.objects.get(user=maria)
    assert (mark.last_message, mark.last_note) == (message, None)
