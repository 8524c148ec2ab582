"""What somebody said as pages show it: most of it is Markdown, a mail is what its sender typed."""

from __future__ import annotations

from django.utils.safestring import SafeString

from keepwell.conversations.models import Message, Note
from keepwell.kit import markup


def words_html(said: Message | Note, words: str | None = None) -> SafeString:
    """The words as clean HTML; `words`: those of its words that are shown, None for all."""
    shown = said.body if words is None else words
    return markup.html(shown) if _is_markdown(said) else markup.typed(shown)


def words_excerpt(said: Message | Note) -> str:
    """The first words, in one line."""
    return markup.excerpt(said.body) if _is_markdown(said) else markup.shortened(said.body)


def _is_markdown(said: Message | Note) -> bool:
    return isinstance(said, Note) or said.is_markdown
