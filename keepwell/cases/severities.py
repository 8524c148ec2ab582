"""How bad it is for the customer. What each one means stands in the vendor's guidelines."""

from __future__ import annotations

from enum import StrEnum


class Severity(StrEnum):
    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"


RANKS = {Severity.LOW: 0, Severity.NORMAL: 1, Severity.HIGH: 2}


def is_raise(old: str, new: str) -> bool:
    """Whether the new severity is graver than the old one."""
    return RANKS[Severity(new)] > RANKS[Severity(old)]
