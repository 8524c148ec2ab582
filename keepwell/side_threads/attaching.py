"""Files of side messages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from keepwell.side_threads.models import SideAttachment, SideMessage

if TYPE_CHECKING:
    from keepwell.files.models import Attachment


def attach(message: SideMessage, attachments: Iterable[Attachment]) -> None:
    """Puts the files to it, in their order."""
    SideAttachment.objects.bulk_create(
        [SideAttachment(message=message, attachment=attachment) for attachment in attachments],
        ignore_conflicts=True,
    )
