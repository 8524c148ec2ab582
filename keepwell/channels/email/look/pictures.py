"""Which file of a message is the picture that the mail's HTML means by a Content-ID."""

from __future__ import annotations

from keepwell.channels.models import InboundMail
from keepwell.conversations.models import MessageAttachment
from keepwell.files.serving import is_inline


def pictures_of(mail: InboundMail) -> dict[str, int]:
    """The attachment of each Content-ID, in small letters and unbracketed; only what may be shown in a page.

    {} for a mail without a message: its files are kept inside it alone.
    """
    said = mail.said
    if said is None or mail.message_id is None:
        return {}
    rows = MessageAttachment.objects.filter(message=mail.message_id).select_related("attachment__blob")
    shown = {row.attachment.blob.sha256: row.attachment for row in rows if is_inline(row.attachment)}
    return {
        file.content_id.strip("<> ").lower(): shown[file.sha256].pk
        for file in said.attachments
        if file.content_id and file.sha256 in shown and shown[file.sha256].media_type.startswith("image/")
    }
