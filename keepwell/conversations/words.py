"""What somebody says, as a value that verbs take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keepwell.conversations.models import Channel
from keepwell.kit.refusals import Refused

if TYPE_CHECKING:
    from keepwell.files.models import Attachment


class NothingSaid(Refused):
    """Neither words nor a file: there is nothing to keep or to send."""

    def __init__(self) -> None:
        super().__init__(_("There is nothing written yet, and no file. Nothing was sent."))


@dataclass(frozen=True, kw_only=True)
class Words:
    """Markdown source, the way it came or goes, and the files put to it, in their order."""

    body: str
    channel: str = Channel.DESK
    attachments: Sequence[Attachment] = ()

    def __post_init__(self) -> None:
        """Errors: NothingSaid; ValueError for an unknown channel."""
        if not self.body.strip() and not self.attachments:
            raise NothingSaid
        object.__setattr__(self, "channel", Channel(self.channel))
        # PostgreSQL keeps no NUL, and what was written shall not be lost because of one.
        object.__setattr__(self, "body", self.body.replace("\x00", ""))
