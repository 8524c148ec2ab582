"""What whoever follows a case by a code may hear at once: of this case, and nothing else."""

from __future__ import annotations

from keepwell.portal.finding import cases_of
from keepwell.portal.readers import Reader

HEARS = "portal_case"


def may_hear_as_follower(reader: Reader | None, topic: str) -> bool:
    """By the same rule as the page; `reader` is None once the day of the code is over."""
    noun, _, identity = topic.partition(":")
    if reader is None or noun != HEARS or not identity.isdecimal():
        return False
    return bool(cases_of(reader).filter(pk=int(identity)).exists())
