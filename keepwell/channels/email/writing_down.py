"""A mail as the words and files of a message."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.channels.email.findings import Read
from keepwell.channels.models import InboundMail
from keepwell.conversations.models import Channel
from keepwell.conversations.words import Words
from keepwell.files.content import open_content
from keepwell.files.models import Attachment
from keepwell.files.verbs.keeping import keep_mail
from keepwell.people.actors import System

BY = System("email")


def words_of(mail: InboundMail, read: Read, at: datetime) -> Words:
    """All that was written, and its files; with the original where a reader would miss something."""
    files = [*read.files, *([_original(mail, at)] if read.needs_original else [])]
    return Words(body=_text(read), channel=Channel.EMAIL, attachments=files)


def _text(read: Read) -> str:
    if read.said is None:
        return _("%(why)s The original is attached.") % {"why": read.why_not}
    said = read.said.body_text.strip()
    if not read.said.is_opened:
        said = _("%(why)s The original is attached.") % {"why": read.said.warnings[0]}
    return "\n\n".join([said or _("(The mail has no text.)"), *read.left_out])


def _original(mail: InboundMail, at: datetime) -> Attachment:
    """A file of its own: it is the message's, which may be forgotten apart from the mail."""
    if mail.raw.file is not None:
        with open_content(mail.raw.sha256) as kept:
            return keep_mail(kept.read(), name="original.eml", by=BY, at=at)
    return keep_mail(bytes(mail.raw.content or b""), name="original.eml", by=BY, at=at)
