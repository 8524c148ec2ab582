"""Which file of a message is the picture that the mail's HTML means by a Content-ID."""

from __future__ import annotations

from typing import Any

from keepwell.channels.models import InboundMail
from keepwell.conversations.models import MessageAttachment
from keepwell.files.models import Attachment
from keepwell.files.serving import is_inline
from keepwell.side_threads.models import SideAttachment


def pictures_of(mail: InboundMail) -> dict[str, int]:
    """The attachment of each Content-ID, in small letters and unbracketed; only what may be shown in a page.

    {} for a mail without a message: its files are kept inside it alone.
    """
    said = mail.said
    if said is None:
        return {}
    shown = {file.blob.sha256: file for file in _files(mail) if is_inline(file)}
    return {
        file.content_id.strip("<> ").lower(): shown[file.sha256].pk
        for file in said.attachments
        if file.content_id and file.sha256 in shown and shown[file.sha256].media_type.startswith("image/")
    }


def _files(mail: InboundMail) -> list[Attachment]:
    """The files of what it became, in a case's conversation or in a side thread."""
    rows: Any = ()
    if mail.message_id is not None:
        rows = MessageAttachment.objects.filter(message=mail.message_id).select_related("attachment__blob")
    elif mail.side_message_id is not None:
        rows = SideAttachment.objects.filter(message=mail.side_message_id).select_related("attachment__blob")
    return [row.attachment for row in rows]
