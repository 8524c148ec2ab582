"""Whether anybody has set this installation up, and who may read that it was."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from keepwell.journal.models import Entry
from keepwell.people import permits
from keepwell.people.models import User


def is_founded() -> bool:
    """True from the first person on: whoever can sign in decides about the rest."""
    return User.objects.exists()


def visible_entries(actor: Any) -> QuerySet[Entry]:
    """Whoever sets up people reads how it began."""
    entries = Entry.objects.filter(kind__startswith="installation.")
    return entries if permits.may(actor, "settings.people") else entries.none()
