"""Which way reviews go, what a finding is about, and how it ends."""

from __future__ import annotations

from enum import StrEnum


class ReviewState(StrEnum):
    """INTERNAL: written, and read by colleagues before it goes out. ACCEPTED: the customer has read it."""

    DRAFT = "draft"
    INTERNAL = "internal"
    DELIVERED = "delivered"
    ACCEPTED = "accepted"


class Area(StrEnum):
    ADOPTION = "adoption"
    CONFIG = "config"
    VERSION = "version"
    ERRORS = "errors"
    DATA = "data"
    LICENCE = "licence"
    SUPPORT = "support"
    PLAN = "plan"


class Severity(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class End(StrEnum):
    """What becomes of a finding."""

    ACTION = "action"
    ACCEPTED_RISK = "accepted_risk"
    REJECTED = "rejected"


# In the order of the migration: a constraint is made of them.
FROZEN = (ReviewState.ACCEPTED, ReviewState.DELIVERED)
SEVERITY_ORDER = {severity.value: place for place, severity in enumerate(Severity)}
