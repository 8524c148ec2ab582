"""When it is, and the words that only some may read."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from keepwell.conversations.words import Words
from keepwell.success.letters.verbs.writing import NewLetter

# A Tuesday; Elm Falls is in Chicago, five hours behind.
NINE = datetime(2026, 6, 9, 14, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)

# Words that only some may read: of staff alone, of Elm Falls alone.
NOTED, PENDING, HELD = "heron-of-the-note", "heron-that-waits", "heron-that-is-held"
ASIDE = "heron-of-the-side-thread"
LETTER = NewLetter(subject=ASIDE, words=Words(body=ASIDE))
OF_STAFF = (NOTED, PENDING, HELD, ASIDE)
OF_ELM_FALLS = ("otter-in-the-subject", "otter-in-the-words", "otter-in-the-file")
