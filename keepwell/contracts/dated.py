"""What comes up on a day about a contract, as data for a calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """What comes up."""

    NOTICE = "notice"
    BUDGET = "budget"
    TERM_END = "term_end"


@dataclass(frozen=True, kw_only=True)
class Dated:
    """`account`, `contract` and `renewal` are ids; kind and renewal together are the same for good."""

    kind: Kind
    on: date
    account: int
    contract: int
    renewal: int
