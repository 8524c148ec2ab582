"""The one shape of answers: account_id, numerator, denominator, for every account that was asked about."""

from __future__ import annotations

from typing import Any

from keepwell.kit import heavy


def of_each(accounts: Any, found: Any, numerator: Any, denominator: Any) -> Any:
    """Of every account what was found; where the denominator is 0 or missing, nothing.

    `numerator` and `denominator` are given the accounts with their findings and say which column, or what of
    them. A numerator that is missing is 0.
    """
    ibis = heavy.ibis()
    met = accounts.left_join(found, "account_id")
    below = denominator(met).cast("int64").nullif(0)
    above = ibis.ifelse(below.isnull(), ibis.null("int64"), ibis.coalesce(numerator(met).cast("int64"), 0))
    return met.select("account_id", numerator=above, denominator=below)


def number(accounts: Any, found: Any, column: str) -> Any:
    """Whole numbers, 0 for whoever has none: of one."""
    return of_each(accounts, found, lambda met: met[column], lambda met: heavy.ibis().literal(1))
