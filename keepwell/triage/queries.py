"""What is for staff to place."""

from __future__ import annotations

from typing import Any

from keepwell.cases.models import Case, CaseQuerySet
from keepwell.conversations.queries import sees_all

# For paging: what waits longest comes first; each list has its index.
ORDER = ("changed_at", "id")


def waiting_for_placement(actor: Any) -> CaseQuerySet:
    """Open cases whose account is not known or whose sender is not verified; nothing for customers."""
    return _for_staff(actor).to_place()


def marked_as_spam(actor: Any) -> CaseQuerySet:
    """Whatever was marked as spam, so that a mistake is found again; nothing for customers."""
    return _for_staff(actor).spam()


def _for_staff(actor: Any) -> CaseQuerySet:
    return Case.objects.all() if sees_all(actor) else Case.objects.none()
