"""What data is gathered about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from keepwell.contracts.terms import Span
from keepwell.customers.models import Account

# What JSON can say: numbers exact, "7/12" for a fraction and "2026-06-09" for a day.
Data = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The account over some days, as it is known at an instant."""

    account: Account
    span: Span
    as_of: datetime


def exact(value: object) -> str | None:
    """A number or a day as it is written; None stays None."""
    return None if value is None else str(value)
