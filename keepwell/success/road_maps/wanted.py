"""What the things of a road map are to be, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from keepwell.success.road_maps.states import Direction, Side

if TYPE_CHECKING:
    from keepwell.customers.models import Contact
    from keepwell.people.models import User
    from keepwell.success.road_maps.models import Goal


@dataclass(frozen=True, kw_only=True)
class GoalWords:
    """A goal as it is to stand there. `is_shared`: it goes to the customer with the next version shared."""

    statement: str
    why: str = ""
    category: str = "other"
    priority: int = 2
    sponsor: Contact | None = None
    vendor_owner: User | None = None
    customer_owner: Contact | None = None
    is_shared: bool = False


@dataclass(frozen=True, kw_only=True)
class MeasureWords:
    """`metric` "": read by hand."""

    name: str
    unit: str = ""
    direction: str = Direction.UP.value
    baseline: Decimal
    baseline_on: date
    target: Decimal
    target_on: date
    metric: str = ""


@dataclass(frozen=True, kw_only=True)
class MilestoneWords:
    title: str
    due_on: date
    goal: Goal | None = None
    is_shared: bool = False


@dataclass(frozen=True, kw_only=True)
class ActionWords:
    """`owner` is a person of ours or of the customer, as `side` says; None while nobody is found.

    `due_on` holds for a new one; later it changes by `change_due`, which keeps what it was.
    """

    title: str
    side: str = Side.VENDOR.value
    owner: User | Contact | None = None
    goal: Goal | None = None
    due_on: date | None = None
    is_shared: bool = False


@dataclass(frozen=True, kw_only=True)
class Worth:
    """Value of a goal over some days, in the smallest unit of the currency."""

    first_on: date
    last_on: date
    amount_cents: int
    currency: str
    method: str
    evidence: str = ""
