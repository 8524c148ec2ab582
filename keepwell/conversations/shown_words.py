"""What somebody said as pages show it: most of it is Markdown, a mail is what its sender typed."""

from __future__ import annotations

from django.utils.safestring import SafeString

from keepwell.conversations.models import Message, Note
from keepwell.kit import markup


def words_html(said: Message | Note) -> SafeString:
    """The words as clean HTML."""
    return markup.html(said.body) if _is_markdown(said) else markup.typed(said.body)


def words_excerpt(said: Message | Note) -> str:
    """The first words, in one line."""
    return markup.excerpt(said.body) if _is_markdown(said) else markup.shortened(said.body)


def _is_markdown(said: Message | Note) -> bool:
    return isinstance(said, Note) or said.is_markdown
