"""What reading a mail gave."""

from __future__ import annotations

from dataclasses import dataclass, replace

from keepwell.channels.email.parsed import ParsedMail
from keepwell.files.models import Attachment


@dataclass(frozen=True, kw_only=True)
class Read:
    """`said` None: the mail could not be read, `why_not` says why. `left_out`: why files were not taken."""

    said: ParsedMail | None = None
    why_not: str = ""
    files: tuple[Attachment, ...] = ()
    left_out: tuple[str, ...] = ()

    def passed_on(self, original: ParsedMail | None) -> Read:
        """The same, of the mail that this one passes on; itself where it passes on none.

        Beside a mail that is attached lie files of whoever passes it on: those are not its own. In the text
        of another it has no files but those of that one.
        """
        if original is None or self.said is None:
            return self
        is_attached = self.said.forwarded is not None and self.said.forwarded.is_attached
        return replace(self, said=original, files=self._mails() if is_attached else self.files)

    def _mails(self) -> tuple[Attachment, ...]:
        assert self.said is not None
        mails = {file.sha256 for file in self.said.attachments if file.content_type == "message/rfc822"}
        return tuple(file for file in self.files if file.blob.sha256 in mails)

    @property
    def needs_original(self) -> bool:
        """Whether the case shows less than the mail has, so that the original belongs to it."""
        return self.said is None or not self.said.is_opened
