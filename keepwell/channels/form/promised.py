"""By when what will happen, as a form says it before it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from keepwell.channels.form.how_bad import HOW_BAD
from keepwell.service_levels.foreseeing import foreseen
from keepwell.service_levels.terms import INITIAL_CONTACT, RESOLUTION


@dataclass(frozen=True, kw_only=True)
class ByWhen:
    """For one severity: its words, the latest first contact, and when most cases like it are solved."""

    severity: str
    words: str
    contact_at: datetime | None
    solved_at: datetime | None


def by_when(account: int | None, at: datetime) -> list[ByWhen]:
    """One line for each severity that can be chosen, the gravest first; none before there are guidelines."""
    found = foreseen(account, at)
    return [
        ByWhen(
            severity=severity,
            words=str(words),
            contact_at=found[severity].get(INITIAL_CONTACT),
            solved_at=found[severity].get(RESOLUTION),
        )
        for severity, words in HOW_BAD
        if severity in found
    ]
