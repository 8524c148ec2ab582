"""Return on investment: what the customer confirmed, over what it paid in the same days and currency.

What is claimed, or disputed, is shown beside it and never in it. Value of a period that only touches the days
asked for counts by the share of its days.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from keepwell.contracts.terms import Span
from keepwell.success.road_maps.states import ClaimState


@dataclass(frozen=True, kw_only=True)
class Claim:
    """Value of some days, in the smallest unit of the currency."""

    span: Span
    cents: int
    currency: str
    state: str


@dataclass(frozen=True, kw_only=True)
class Return:
    """Of one currency over some days; amounts in its smallest unit. `ratio` None: nothing was paid."""

    currency: str
    confirmed_cents: int
    claimed_cents: int
    disputed_cents: int
    cost_cents: int
    ratio: Fraction | None


def returns_over(claims: Iterable[Claim], cost_cents: dict[str, int], span: Span) -> list[Return]:
    """For each currency in which something was claimed, by its code. Costs in others are no part of it."""
    sums: dict[str, dict[str, Fraction]] = {}
    for claim in claims:
        counted = sums.setdefault(claim.currency, {state: Fraction(0) for state in ClaimState})
        counted[claim.state] += _within(claim, span)
    return [_of(currency, sums[currency], cost_cents.get(currency, 0)) for currency in sorted(sums)]


def _of(currency: str, counted: dict[str, Fraction], cost: int) -> Return:
    confirmed = counted[ClaimState.CONFIRMED]
    return Return(
        currency=currency,
        confirmed_cents=round(confirmed),
        claimed_cents=round(counted[ClaimState.CLAIMED]),
        disputed_cents=round(counted[ClaimState.DISPUTED]),
        cost_cents=cost,
        ratio=confirmed / cost if cost else None,
    )


def _within(claim: Claim, span: Span) -> Fraction:
    first, last = max(claim.span.first, span.first), min(claim.span.last, span.last)
    days = (last - first).days + 1
    return Fraction(claim.cents * days, claim.span.days) if days > 0 else Fraction(0)
