import pytest

from keepwell.conversations.models import Draft, Message, Note
from keepwell.conversations.tests.elm_falls import NOON, last_entry, words
from keepwell.conversations.verbs.drafting import save_draft
from keepwell.conversations.verbs.noting import add_note
from keepwell.journal.kinds import kinds_customers_see
from keepwell.people.permits import NotPermitted


def test_a_note_is_no_message(elm, maria):
    note = add_note(elm.conversation, words("Ask Theo."), about=[("engagement", 9)], by=maria, at=NOON)
    assert not Message.objects.exists()
    entry = last_entry(elm.conversation)
    assert (entry.kind, entry.facts) == ("note.added", {"note": note.pk, "kind": "note"})
    assert entry.subjects.filter(kind="engagement", subject_id=9).exists()


def test_customers_never_hear_of_notes():
    assert not [kind for kind in kinds_customers_see() if kind.startswith("note.")]


def test_a_customer_writes_no_note(elm):
    with pytest.raises(NotPermitted):
        add_note(elm.conversation, words(), by=elm.dana.user, at=NOON)
    assert not Note.objects.exists()


def test_the_draft_of_the_note_is_done_with_and_that_of_the_reply_stays(elm, maria):
    for kind in ("note", "reply"):
        save_draft(elm.conversation, kind=kind, body="begun", by=maria, at=NOON)
    add_note(elm.conversation, words(), by=maria, at=NOON)
    assert [draft.kind for draft in Draft.objects.all()] == ["reply"]


def test_a_hand_off_leaves_the_draft_of_the_note_alone(elm, maria):
    save_draft(elm.conversation, kind="note", body="begun", by=maria, at=NOON)
    assert add_note(elm.conversation, words(), kind="handoff", by=maria, at=NOON).kind == "handoff"
    assert Draft.objects.exists()


def test_noted_twice_with_nothing_noted_in_between_it_is_one_note(elm, maria, lea):
    first = add_note(elm.conversation, words("Ask Theo."), by=maria, at=NOON)
    save_draft(elm.conversation, kind="note", body="Ask Theo.", by=maria, at=NOON)
    assert add_note(elm.conversation, words("Ask Theo."), by=maria, at=NOON) == first
    assert not Draft.objects.exists()
    add_note(elm.conversation, words("Ask Theo."), by=lea, at=NOON)
    add_note(elm.conversation, words("Ask Theo."), by=maria, at=NOON)
    assert Note.objects.count() == 3
