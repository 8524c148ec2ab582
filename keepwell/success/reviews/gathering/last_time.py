"""What the last review found, and what became of each.

{"review": None for the first; "last_on", "delivered_on", "findings": [{"finding", "area", "severity",
"evidence", "is_shown", "end": None while nothing is decided, "action_state", "due_on", "done_on", "reason"}]}
"""

from __future__ import annotations

from zoneinfo import ZoneInfo

from keepwell.success.reviews.gathering.asked import Asked, Data, exact
from keepwell.success.reviews.models import Finding
from keepwell.success.reviews.queries import findings_of, last_delivered
from keepwell.success.road_maps.models import ActionItem


def read(asked: Asked) -> Data:
    review = last_delivered(asked.account)
    if review is None or review.delivered_at is None:
        return {"review": None, "findings": []}
    zone = ZoneInfo(asked.account.time_zone or "UTC")
    return {
        "review": review.pk,
        "last_on": review.last_on.isoformat(),
        "delivered_on": review.delivered_at.astimezone(zone).date().isoformat(),
        "findings": [_finding(one) for one in findings_of(review)],
    }


def _finding(finding: Finding) -> Data:
    ending = getattr(finding, "ending", None)
    action: ActionItem | None = ending.action_item if ending else None
    return {
        "finding": finding.pk,
        "area": finding.area,
        "severity": finding.severity,
        "evidence": finding.evidence,
        "is_shown": finding.is_shown,
        "end": ending.end if ending else None,
        "reason": ending.reason if ending else "",
        "action_state": action.state if action else None,
        "due_on": exact(action.due_on) if action else None,
        "done_on": exact(action.done_on) if action else None,
    }
