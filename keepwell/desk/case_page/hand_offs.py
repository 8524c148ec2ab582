"""The hand-offs of a case, read once for a page."""

from __future__ import annotations

from keepwell.cases.models import Case, Escalation


def hand_offs_of(case: Case) -> list[Escalation]:
    """From the first to the last, with their people and teams."""
    found: list[Escalation] | None = case.__dict__.get("hand_offs_read")
    if found is None:
        rows = Escalation.objects.filter(case=case).order_by("pk")
        found = list(
            rows.select_related(
                "requested_by", "accepted_by", "ended_by", "from_assignee", "from_team", "to_team"
            )
        )
        case.__dict__["hand_offs_read"] = found
    return found
