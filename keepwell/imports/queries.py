"""Who may read that files were brought in."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from keepwell.journal.models import Entry
from keepwell.people import permits


def visible_entries(actor: Any) -> QuerySet[Entry]:
    """Whoever may bring in files."""
    entries = Entry.objects.filter(kind="import.applied").order_by("pk")
    return entries if permits.may(actor, "import.run") else entries.none()
