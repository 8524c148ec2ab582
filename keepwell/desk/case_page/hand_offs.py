"""The hand-offs of a case, read once for a page."""

from __future__ import annotations

from typing import Any

from keepwell.cases.models import Escalation


def hand_offs_of(case: Any) -> list[Escalation]:
    """From the first to the last, with who asked, who accepted and which team was asked."""
    if not case.has_hand_offs:
        return []
    found: list[Escalation] | None = case.__dict__.get("hand_offs_read")
    if found is None:
        rows = Escalation.objects.filter(case=case).order_by("pk")
        found = list(rows.select_related("requested_by", "accepted_by", "to_team"))
        case.__dict__["hand_offs_read"] = found
    return found
