"""The case that somebody turns to next, and why, as the card on Today shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from keepwell.cases.models import Case
from keepwell.people import permits
from keepwell.people.models import User
from keepwell.service_levels.consequence_words import reason_words
from keepwell.service_levels.next_best import free_for, next_best
from keepwell.service_levels.queries import worklist

# Who may have a case at all; the others look on.
WORKS = "case.take_hand_off"


@dataclass(frozen=True, kw_only=True)
class NextCase:
    """The case with its standing, account and assignee, and the reason in words."""

    case: Case
    why: str


def next_case_for(who: User, now: datetime) -> NextCase | None:
    """His or nobody's; None where nothing is to do, and for who does not work on cases. Four queries."""
    ranked = next_best(who, 1, at=now, narrowed=free_for(who)) if permits.may(who, WORKS) else []
    for best in ranked:
        case = worklist(who).select_related("account", "assignee").filter(pk=best.case).first()
        return NextCase(case=case, why=reason_words(best.reason, now)) if case else None
    return None
