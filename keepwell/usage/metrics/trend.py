"""Whether fewer are active than usual for the season: the rule of `usage.season`, as an expression."""

from __future__ import annotations

from typing import Any

from keepwell.kit import heavy
from keepwell.usage.metrics.given import Given
from keepwell.usage.metrics.shape import of_each
from keepwell.usage.season import ENOUGH_DAYS, SHIFT_DAYS, TRAILING_DAYS, YEAR_DAYS

# What `basis` is, as a number: none, the same season of last year, the median of thirteen weeks.
NO_BASIS, SAME_SEASON, TRAILING = 0, 1, 2


def trend(given: Given) -> Any:
    """How far beyond the usual who is active in 28 days is, as a part of it; with `basis`."""
    ibis = heavy.ibis()
    history = given.history
    first = history.group_by("account_id").agg(days=history.ago.max())
    now = history.filter(history.ago == 0).select("account_id", "active")
    around, middle = _around(history), _middle(history)
    met = first.inner_join(now, "account_id").select("account_id", "days", "active")
    met = met.left_join(around, "account_id").select(*met.columns, "around_low", "around_high")
    met = met.left_join(middle, "account_id").select(*met.columns, "middle")
    is_whole, is_short = met.days >= ENOUGH_DAYS, met.days >= TRAILING_DAYS
    met = met.mutate(
        low=ibis.ifelse(is_whole, met.around_low, met.middle),
        high=ibis.ifelse(is_whole, met.around_high, met.middle),
        basis=ibis.ifelse(is_whole, SAME_SEASON, ibis.ifelse(is_short, TRAILING, NO_BASIS)),
    )
    told = met.filter(met.basis != NO_BASIS)
    within = (told.active >= told.low) & (told.active <= told.high)
    beside = ibis.ifelse(told.active < told.low, told.low, told.high)
    found = told.select(
        "account_id",
        "basis",
        beyond=ibis.ifelse(within, 0, told.active - beside),
        beside=ibis.ifelse(within, told.high, beside),
    )
    answer = of_each(given.accounts, found, lambda met: met.beyond, lambda met: met.beside)
    based = answer.left_join(found.select("account_id", "basis"), "account_id")
    return based.select(*answer.columns, basis=ibis.coalesce(based.basis, NO_BASIS))


def _around(history: Any) -> Any:
    """The least and the most of three weeks before and after this day of last year."""
    then = history.filter(history.ago.between(YEAR_DAYS - SHIFT_DAYS, YEAR_DAYS + SHIFT_DAYS))
    return then.group_by("account_id").agg(around_low=then.active.min(), around_high=then.active.max())


def _middle(history: Any) -> Any:
    """The median of the 91 days before: an odd number has one in the middle."""
    ibis = heavy.ibis()
    before = history.filter(history.ago.between(1, TRAILING_DAYS))
    window = ibis.window(group_by="account_id", order_by=["active", "ago"])
    placed = before.mutate(place=ibis.row_number().over(window))
    return placed.filter(placed.place == TRAILING_DAYS // 2).select("account_id", middle="active")
