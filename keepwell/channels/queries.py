"""Questions about ways in."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from keepwell.journal.models import Entry

KINDS = ("submission.received", "follow_code.sent", "follow_code.used", "follow_code.refused")


def visible_entries(actor: Any) -> QuerySet[Entry]:
    """Staff may read how cases came in."""
    entries = Entry.objects.of_kinds(KINDS)
    return entries if getattr(actor, "is_staff_member", False) else entries.none()
