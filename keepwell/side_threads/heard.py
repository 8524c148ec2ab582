"""What a third party wrote, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keepwell.conversations.words import Words
    from keepwell.side_threads.models import SideParty


@dataclass(frozen=True, kw_only=True)
class Heard:
    """`party` is who wrote it, None where it was none of those who were asked; then `is_unconfirmed`.

    `address` and `name` are as the mail says them.
    """

    words: Words
    party: SideParty | None = None
    address: str = ""
    name: str = ""
    is_unconfirmed: bool = False
