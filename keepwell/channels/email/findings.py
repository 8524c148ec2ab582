"""What reading a mail gave."""

from __future__ import annotations

from dataclasses import dataclass

from keepwell.channels.email.parsed import ParsedMail
from keepwell.files.models import Attachment


@dataclass(frozen=True, kw_only=True)
class Read:
    """`said` None: the mail could not be read, `why_not` says why. `left_out`: why files were not taken."""

    said: ParsedMail | None = None
    why_not: str = ""
    files: tuple[Attachment, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def needs_original(self) -> bool:
        """Whether the case shows less than the mail has, so that the original belongs to it."""
        return self.said is None or not self.said.is_opened
