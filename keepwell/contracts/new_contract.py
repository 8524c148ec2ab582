"""What a contract, a line of it, or the end of a renewal is to be, as values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from keepwell.contracts.pricing import Period
from keepwell.contracts.terms import Renews

if TYPE_CHECKING:
    from keepwell.customers.models import Deployment, Module, Product


@dataclass(frozen=True, kw_only=True)
class Agreed:
    """What stays agreed from term to term; what the words mean stands at `models.Contract`."""

    number: str
    title: str = ""
    currency: str = "USD"
    renews: str = Renews.AFTER_NOTICE
    term_months: int = 12
    minimum_months: int = 0
    notice_days: int = 90
    budget_lead_days: int = 0
    hours_a_year_minutes: int = 0


@dataclass(frozen=True, kw_only=True)
class NewContract:
    """`ends_on` None: the first term has `term_months`. `began_on` None: on the first day of that term."""

    agreed: Agreed
    starts_on: date
    ends_on: date | None = None
    began_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class NewSubscription:
    """`seats` None: unlimited. `price_cents` for the whole line, in the contract's currency."""

    product: Product
    module: Module | None = None
    deployment: Deployment | None = None
    seats: int | None = None
    price_cents: int = 0
    period: str = Period.YEAR
    starts_on: date
    ends_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Decision:
    """How a renewal ends. `ends_on` None: the next term has as many months as the contract says."""

    outcome: str
    reason: str = ""
    is_avoidable: bool | None = None
    ends_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Cause:
    """What hours are used for, by kind and id: ("engagement", 12). Nothing: entered by hand."""

    kind: str = ""
    id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Use:
    """Prepaid minutes used on a day. `beyond_because` approves more than is left, and says why."""

    minutes: int
    on: date
    cause: Cause = field(default_factory=Cause)
    reason: str = ""
    beyond_because: str = ""
