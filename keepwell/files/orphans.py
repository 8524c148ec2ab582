"""Who files belong to, and which belong to nobody.

Each slice that puts files to something of its own registers in its `owners.py` how to tell:

    owner("messages", lambda: MessageAttachment.objects.filter(attachment=OuterRef("pk")))

Served only through its owner, a file without one is reachable by nobody: after a day it is removed.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from keepwell.files.models import Attachment, Blob

# Somebody who writes a long message has this long from the first file to sending it.
UNOWNED_FOR = timedelta(hours=24)
# Content whose last attachment went away stays this long, in case the same comes again.
UNUSED_FOR = timedelta(hours=1)

_owners: dict[str, Callable[[], QuerySet[Any]]] = {}


def owner(name: str, of_attachment: Callable[[], QuerySet[Any]]) -> None:
    """Registers an owner; `of_attachment()` gives its rows for the attachment OuterRef("pk")."""
    _owners[name] = of_attachment


def owner_names() -> tuple[str, ...]:
    return tuple(sorted(_owners))


def unowned(at: datetime) -> QuerySet[Attachment]:
    """Attachments that have belonged to nobody for a day. None as long as no owner is registered."""
    if not _owners:
        return Attachment.objects.none()
    left = Attachment.objects.filter(created_at__lt=at - UNOWNED_FOR)
    for of_attachment in _owners.values():
        left = left.exclude(Exists(of_attachment()))
    return left


def unused_blobs(at: datetime) -> QuerySet[Blob]:
    """Content that no attachment has any more."""
    of_blob = Attachment.objects.filter(blob=OuterRef("pk"))
    return Blob.objects.filter(stored_at__lt=at - UNUSED_FOR).exclude(Exists(of_blob))
