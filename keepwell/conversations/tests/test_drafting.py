import pytest

from keepwell.conversations.models import Draft
from keepwell.conversations.queries import draft_of
from keepwell.conversations.tests.elm_falls import NOON, file_of, kinds_about
from keepwell.conversations.verbs.drafting import (
    attach_to_draft,
    detach_from_draft,
    discard_draft,
    save_draft,
)
from keepwell.people.permits import NotPermitted


def test_the_last_saving_counts(elm, maria):
    for body in ("W", "We", "We look"):
        save_draft(elm.conversation, kind="reply", body=body, by=maria, at=NOON)
    assert Draft.objects.count() == 1
    assert draft_of(elm.conversation, maria, "reply").body == "We look"


def test_everybody_has_his_own_and_one_of_each_kind(elm, maria, theo):
    save_draft(elm.conversation, kind="reply", body="to Dana", by=maria, at=NOON)
    save_draft(elm.conversation, kind="note", body="to Theo", by=maria, at=NOON)
    save_draft(elm.conversation, kind="note", body="to Maria", by=theo, at=NOON)
    save_draft(elm.conversation, kind="reply", body="to you", by=elm.dana.user, at=NOON)
    assert Draft.objects.count() == 4
    assert draft_of(elm.conversation, maria, "note").body == "to Theo"
    assert draft_of(elm.conversation, elm.dana.user, "reply").body == "to you"


def test_a_customer_writes_no_notes(elm):
    with pytest.raises(NotPermitted):
        save_draft(elm.conversation, kind="note", body="Hm", by=elm.dana.user, at=NOON)


def test_an_emptied_draft_is_none(elm, maria):
    save_draft(elm.conversation, kind="reply", body="We", by=maria, at=NOON)
    assert save_draft(elm.conversation, kind="reply", body=" ", by=maria, at=NOON) is None
    assert draft_of(elm.conversation, maria, "reply") is None


def test_a_draft_with_a_file_stays_without_words(elm, maria):
    picture = file_of(maria)
    attach_to_draft(elm.conversation, picture, kind="reply", by=maria, at=NOON)
    assert save_draft(elm.conversation, kind="reply", body="", by=maria, at=NOON)
    detach_from_draft(elm.conversation, picture, kind="reply", by=maria)
    assert draft_of(elm.conversation, maria, "reply") is None


def test_saving_words_keeps_the_files(elm, maria):
    attach_to_draft(elm.conversation, file_of(maria), kind="reply", by=maria, at=NOON)
    save_draft(elm.conversation, kind="reply", body="See", by=maria, at=NOON)
    assert draft_of(elm.conversation, maria, "reply").attached.count() == 1


def test_a_discarded_draft_is_gone_and_no_other(elm, maria, theo):
    for writer in (maria, theo):
        save_draft(elm.conversation, kind="reply", body="We", by=writer, at=NOON)
    discard_draft(elm.conversation, kind="reply", by=maria)
    assert [draft.user for draft in Draft.objects.all()] == [theo]


def test_writing_a_draft_is_nothing_that_happened(elm, maria):
    before = kinds_about(elm.conversation)
    save_draft(elm.conversation, kind="reply", body="We", by=maria, at=NOON)
    assert kinds_about(elm.conversation) == before
