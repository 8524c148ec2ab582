import pytest

from keepwell.conversations.attaching import NotYourFile
from keepwell.conversations.models import Message, Note
from keepwell.conversations.queries import attachments_visible_to
from keepwell.conversations.tests.elm_falls import NOON, TEST, file_of, said, words
from keepwell.conversations.verbs.drafting import attach_to_draft
from keepwell.conversations.verbs.noting import add_note
from keepwell.conversations.verbs.receiving import receive
from keepwell.conversations.verbs.undoing import undo
from keepwell.conversations.verbs.writing import write


def test_nobody_sends_a_file_that_another_one_brought(elm, maria, nora):
    stolen = file_of(maria)
    with pytest.raises(NotYourFile):
        receive(elm.conversation, words("See", stolen), by=nora.user, at=NOON)
    assert not Message.objects.exists()


def test_a_file_taken_in_by_the_form_belongs_to_whoever_sends_it_first(elm, wes):
    of_form = file_of(TEST)
    receive(elm.conversation, words("See", of_form), by=elm.dana.contact, at=NOON)
    with pytest.raises(NotYourFile):
        receive(elm.conversation, words("Me too", of_form), by=wes.contact, at=NOON)


def test_a_note_takes_no_file_of_another_one(elm, maria, theo):
    with pytest.raises(NotYourFile):
        add_note(elm.conversation, words("See", file_of(theo)), by=maria, at=NOON)
    assert not Note.objects.exists()


def test_a_file_is_seen_with_its_message_by_those_who_read_it(elm, maria, carl, wes, nora):
    picture = file_of(elm.dana.user)
    receive(elm.conversation, words("See", picture), by=elm.dana.user, at=NOON)
    seeing = [actor for actor in (elm.dana.user, elm.dana.contact, carl.user, maria) if _sees(actor, picture)]
    assert seeing == [elm.dana.user, elm.dana.contact, carl.user, maria]
    assert not any(_sees(actor, picture) for actor in (wes.user, wes.contact, nora.user, nora.contact))


def test_a_file_of_a_note_is_seen_by_staff_only(elm, maria, theo, carl):
    log = file_of(maria, "trace.log")
    add_note(elm.conversation, words("See", log), by=maria, at=NOON)
    assert _sees(theo, log)
    assert not any(_sees(actor, log) for actor in (elm.dana.user, carl.user))


def test_a_file_of_a_reply_that_waits_is_seen_by_staff_only(elm, maria):
    picture = file_of(maria)
    message = write(elm.conversation, words("See", picture), by=maria, at=NOON)
    assert not _sees(elm.dana.user, picture)
    undo(message, by=maria, at=NOON)
    assert not _sees(elm.dana.user, picture)


def test_a_file_of_a_draft_is_seen_by_its_writer_only(elm, maria, theo):
    picture = file_of(maria)
    attach_to_draft(elm.conversation, picture, kind="reply", by=maria, at=NOON)
    assert _sees(maria, picture)
    assert not any(_sees(actor, picture) for actor in (theo, elm.dana.user))


def test_a_file_that_belongs_to_nothing_is_seen_by_nobody(elm, maria):
    said(elm.conversation, elm.dana)
    assert not _sees(maria, file_of(maria))


def _sees(actor, attachment) -> bool:
    return attachments_visible_to(actor).filter(pk=attachment.pk).exists()
