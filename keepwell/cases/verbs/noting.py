"""What staff tell one another about a case."""

from __future__ import annotations

from datetime import datetime

from keepwell.cases.changing import subjects_of
from keepwell.cases.locking import lock_for
from keepwell.cases.models import Case
from keepwell.conversations.models import Note
from keepwell.conversations.verbs import noting as conversation_noting
from keepwell.conversations.words import Words
from keepwell.journal.recording import Actor
from keepwell.kit.all_or_nothing import all_or_nothing


@all_or_nothing()
def add_note(case: Case, words: Words, *, by: Actor, at: datetime | None = None) -> Note:
    """A note that no customer ever sees; it changes nothing else. Effects: note.added.

    Errors: NotNow for a merged case; what the conversation refuses.
    """
    locked = lock_for("note", case, permit="case.note", by=by)
    return conversation_noting.add_note(locked.conversation, words, about=subjects_of(locked), by=by, at=at)
