"""What staff tell one another beside the conversation."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from keepwell.conversations.about import stored, subjects_of
from keepwell.conversations.attaching import attach, require_own
from keepwell.conversations.authors import staff_author
from keepwell.conversations.drafts import finish_draft
from keepwell.conversations.models import Conversation, DraftKind, Note, NoteKind
from keepwell.conversations.saying_again import noted_already
from keepwell.conversations.words import Words
from keepwell.journal.recording import Actor, Subject, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.people import permits


@all_or_nothing()
def add_note(
    conversation: Conversation,
    words: Words,
    *,
    kind: str = NoteKind.NOTE,
    about: Iterable[Subject] = (),
    by: Actor,
    at: datetime | None = None,
) -> Note:
    """A note that no customer ever sees. The writer's draft of a note is done with.

    Sent twice, with nothing noted in between, it is one note. Effects: note.added. Errors: NotYourFile.
    """
    permits.require(by, "case.note")
    author_id = staff_author(by)
    require_own(words.attachments, by)
    if kind == NoteKind.NOTE and (noted := noted_already(words, conversation, author_id)):
        finish_draft(conversation, author_id, DraftKind.NOTE)
        return noted
    at = clock.instant(at)
    note = Note.objects.create(
        conversation=conversation,
        author_id=author_id,
        kind=NoteKind(kind),
        body=words.body,
        about=stored(about),
        created_at=at,
    )
    attach(note, words.attachments)
    if note.kind == NoteKind.NOTE:
        finish_draft(conversation, author_id, DraftKind.NOTE)
    record("note.added", by=by, at=at, subjects=subjects_of(note), facts={"note": note.pk, "kind": note.kind})
    return note
