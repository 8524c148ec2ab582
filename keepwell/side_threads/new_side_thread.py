"""What begins a side thread, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keepwell.conversations.words import Words
    from keepwell.side_threads.asked import Asked


@dataclass(frozen=True, kw_only=True)
class NewSideThread:
    """Whom to ask, under which subject, and what: the third party reads these words and no others."""

    asked: tuple[Asked, ...]
    subject: str
    words: Words
