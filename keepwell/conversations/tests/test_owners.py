from datetime import timedelta

from keepwell.conversations.tests.elm_falls import NOON, file_of, words
from keepwell.conversations.verbs.drafting import attach_to_draft, discard_draft
from keepwell.conversations.verbs.noting import add_note
from keepwell.conversations.verbs.receiving import receive
from keepwell.conversations.verbs.redacting import redact
from keepwell.conversations.verbs.undoing import undo
from keepwell.conversations.verbs.writing import write
from keepwell.files.orphans import unowned

MUCH_LATER = NOON + timedelta(days=3)


def test_files_of_messages_notes_and_drafts_are_kept(elm, maria):
    receive(elm.conversation, words("a", file_of(elm.dana.user)), by=elm.dana.user, at=NOON)
    add_note(elm.conversation, words("b", file_of(maria)), by=maria, at=NOON)
    attach_to_draft(elm.conversation, file_of(maria), kind="note", by=maria, at=NOON)
    undo(write(elm.conversation, words("c", file_of(maria)), by=maria, at=NOON), by=maria, at=NOON)
    assert not unowned(MUCH_LATER).exists()


def test_files_of_what_was_redacted_or_discarded_belong_to_nobody(elm, maria, lea):
    redacted, discarded = file_of(elm.dana.user), file_of(maria)
    message = receive(elm.conversation, words("a", redacted), by=elm.dana.user, at=NOON)
    attach_to_draft(elm.conversation, discarded, kind="reply", by=maria, at=NOON)
    redact(message, by=lea, at=NOON)
    discard_draft(elm.conversation, kind="reply", by=maria)
    assert set(unowned(MUCH_LATER)) == {redacted, discarded}
