"""Reading what was attached."""

from __future__ import annotations

from typing import Any

from django.core.files import File

from keepwell.files.content import open_content
from keepwell.files.models import Attachment
from keepwell.files.refusals import FileGone


def open_attachment(attachment: Attachment) -> File[Any]:
    """The content, to be read and closed. Errors: FileGone for an infected file or one lost from the disk."""
    if attachment.is_infected:
        raise FileGone(attachment.pk)
    try:
        return open_content(attachment.blob.sha256)
    except FileNotFoundError:
        raise FileGone(attachment.pk) from None
