from datetime import timedelta

import pytest

from keepwell.conversations.models import Draft, Message, Note
from keepwell.conversations.quoting import BLOCK
from keepwell.conversations.tests.elm_falls import NOON, TEST, carried_to, file_of, last_entry, said, words
from keepwell.conversations.tests.whole_database import tables_holding
from keepwell.conversations.verbs.drafting import save_draft
from keepwell.conversations.verbs.noting import add_note
from keepwell.conversations.verbs.receiving import receive
from keepwell.conversations.verbs.redacting import NotFoundThere, NothingLeft, redact
from keepwell.people.permits import NotPermitted

SECRET = "hunter2-zanzibar"


def test_passages_are_replaced_and_the_rest_stays(elm, lea):
    message = said(elm.conversation, elm.dana, f"My password is {SECRET}, or was: {SECRET}")
    redact(message, passages=[SECRET], by=lea, at=NOON)
    message.refresh_from_db()
    assert message.body == f"My password is {BLOCK}, or was: {BLOCK}"


def test_who_did_it_and_when_stays_to_be_seen(elm, lea):
    message = said(elm.conversation, elm.dana, SECRET)
    redact(message, by=lea, at=NOON)
    message.refresh_from_db()
    assert (message.redacted_by, message.redacted_at) == (lea, NOON)
    entry = last_entry(elm.conversation)
    assert (entry.kind, entry.facts) == ("message.redacted", {"message": message.pk, "whole": True})
    assert entry.actor_ref == lea.actor_ref


def test_who_removed_it_first_stays_who_removed_it(elm, lea):
    message = said(elm.conversation, elm.dana, SECRET)
    redact(message, by=lea, at=NOON)
    with pytest.raises(NothingLeft):
        redact(message, by=lea, at=NOON + timedelta(hours=1))
    message.refresh_from_db()
    assert message.redacted_at == NOON


def test_a_passage_within_another_leaves_nothing_of_the_longer_one(elm, lea):
    message = said(elm.conversation, elm.dana, "key ABC-DEF-GHI")
    redact(message, passages=["ABC", "ABC-DEF-GHI"], by=lea, at=NOON)
    message.refresh_from_db()
    assert message.body == f"key {BLOCK}"


def test_the_whole_goes_with_its_files(elm, lea):
    message = receive(elm.conversation, words("See", file_of(elm.dana.user)), by=elm.dana.user, at=NOON)
    redact(message, by=lea, at=NOON)
    message.refresh_from_db()
    assert (message.body, message.attached.count()) == ("", 0)


@pytest.mark.parametrize("passages", [[SECRET], []])
def test_nothing_of_it_stays_in_any_table(elm, lea, maria, passages):
    message = said(elm.conversation, elm.dana, f"It is {SECRET}")
    save_draft(elm.conversation, kind="reply", body=f"> It is {SECRET}\n\nNever send it", by=maria, at=NOON)
    carried_to(message, "carl@elmfalls.example")
    assert tables_holding(SECRET) == [
        "keepwell_conversations_draft",
        "keepwell_conversations_message",
        "keepwell_outbox_outgoing",
    ]
    redact(message, passages=passages, by=lea, at=NOON)
    assert tables_holding(SECRET) == []
    assert Draft.objects.get().body.endswith("Never send it")


def test_a_text_that_goes_as_a_whole_goes_line_by_line_from_drafts_that_quote_it(elm, lea, maria):
    message = said(elm.conversation, elm.dana, f"Hi\nmy password:\n{SECRET}\n")
    save_draft(elm.conversation, kind="note", body=f"> Hi\n> {SECRET}\nSee this", by=maria, at=NOON)
    redact(message, by=lea, at=NOON)
    assert Draft.objects.get().body == f"> Hi\n> {BLOCK}\nSee this"


def test_a_note_is_redacted_as_a_note(elm, lea, maria):
    note = add_note(elm.conversation, words(f"His key: {SECRET}"), by=maria, at=NOON)
    redact(note, passages=[SECRET], by=lea, at=NOON)
    assert Note.objects.get().body == f"His key: {BLOCK}"
    assert last_entry(elm.conversation).kind == "note.redacted"


@pytest.mark.parametrize("passages", [["not there"], [SECRET, ""], ["  "]])
def test_words_that_do_not_stand_there_change_nothing(elm, lea, passages):
    message = said(elm.conversation, elm.dana, f"It is {SECRET}")
    with pytest.raises(NotFoundThere, match="Nothing was changed"):
        redact(message, passages=passages, by=lea, at=NOON)
    assert Message.objects.get().body == f"It is {SECRET}"


def test_a_specialist_redacts_nothing(elm, maria):
    message = said(elm.conversation, elm.dana)
    with pytest.raises(NotPermitted):
        redact(message, by=maria, at=NOON)


def test_the_product_may_redact_for_itself(elm):
    message = said(elm.conversation, elm.dana)
    redact(message, by=TEST, at=NOON)
    assert Message.objects.get().redacted_by is None
