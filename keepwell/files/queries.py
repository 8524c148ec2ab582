"""Questions about files. Which files somebody may see is a question to what they are attached to."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from keepwell.journal.models import Entry
from keepwell.people import permits

KINDS = ("file.stored", "file.refused", "file.removed", "file.scanned")


def visible_entries(actor: Any) -> QuerySet[Entry]:
    """Administrators may read what was taken in, refused and removed; the rest stands with its message."""
    entries = Entry.objects.of_kinds(KINDS).order_by("pk")
    return entries if permits.may(actor, "journal.see") else entries.none()
