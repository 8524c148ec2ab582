"""Questions about people who can sign in."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from keepwell.journal.models import Entry
from keepwell.people import permits


def visible_entries(actor: Any) -> QuerySet[Entry]:
    """Whoever sets up people may read all about them; everybody else what happened to himself."""
    entries = Entry.objects.filter(kind__startswith="person.")
    if permits.may(actor, "settings.people"):
        return entries
    noun, identity = actor.actor_ref
    return entries.filter(Q(subjects__kind=noun, subjects__subject_id=identity))
