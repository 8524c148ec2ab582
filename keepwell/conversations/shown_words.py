"""What somebody said as pages show it: most of it is Markdown, a mail is what its sender typed."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.safestring import SafeString

from keepwell.conversations.models import Message, Note
from keepwell.kit import markup, pictures

NO_PICTURES: Mapping[int, str] = {}


def words_html(
    said: Message | Note, words: str | None = None, *, places: Mapping[int, str] = NO_PICTURES
) -> SafeString:
    """The words as clean HTML; `words`: those of its words that are shown, None for all.

    `places`: where the reader finds the pictures that came with it, by the number of the file. Of any other
    picture there is the name alone, so that nobody shows a file that he did not bring.
    """
    shown = said.body if words is None else words
    return pictures.placed(markup.html(shown), places) if _is_markdown(said) else markup.typed(shown)


def words_excerpt(said: Message | Note) -> str:
    """The first words, in one line."""
    return markup.excerpt(said.body) if _is_markdown(said) else markup.shortened(said.body)


def _is_markdown(said: Message | Note) -> bool:
    return isinstance(said, Note) or said.is_markdown
