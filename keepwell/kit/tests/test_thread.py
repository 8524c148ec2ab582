"""A message as a thread shows it."""

from __future__ import annotations

from datetime import UTC, datetime

from keepwell.kit import markup, thread

NOW = datetime(2026, 3, 2, 15, tzinfo=UTC)
TABLE = "| pump | pressure |\n|---|---|\n| north | 4.2 |"


def shown(words: str) -> str:
    said = {"id": 1, "kind": "theirs", "name": "Dana", "seed": 1, "under": "", "at": NOW}
    return thread.message({**said, "html": markup.html(words)}, NOW, (UTC, None))


def test_a_table_scrolls_within_its_message_and_the_keyboard_reaches_it() -> None:
    assert '<div class="prose prose-wide" tabindex="0"' in shown(TABLE)


def test_words_alone_are_no_stop_of_the_keyboard() -> None:
    assert "tabindex" not in shown("Write <table> as it stands.")
