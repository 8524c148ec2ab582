"""Terms that nobody has decided about: whose last day for notice or end is near, or that are over."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction

from keepwell.contracts.models import Term
from keepwell.contracts.terms import dates_of
from keepwell.success.signals.grammar import Asked
from keepwell.success.signals.holding import Reading


def read(
    accounts: Sequence[int], as_of: datetime, asked: Collection[Asked]
) -> Mapping[int, Mapping[Asked, Reading]]:
    """Counts of terms: none where there is no contract. One query."""
    today = as_of.date()
    rows = Term.objects.filter(contract__account__in=accounts, renewal__outcome="", starts_on__lte=today)
    undecided = list(rows.select_related("contract").order_by("ends_on", "pk"))
    found: dict[int, dict[Asked, Reading]] = {account: {} for account in accounts}
    for one in asked:
        ids: dict[int, list[int]] = {account: [] for account in accounts}
        for term in undecided:
            if _counts(term, one, today):
                ids[term.contract.account_id].append(term.pk)
        for account, of_it in ids.items():
            found[account][one] = Reading(value=Fraction(len(of_it)), ids=tuple(of_it))
    return found


def _counts(term: Term, asked: Asked, today: date) -> bool:
    if asked.reading == "contract.over_undecided":
        return term.ends_on < today
    last = today + timedelta(days=asked.within_days or 0)
    if asked.reading == "contract.end_ahead":
        return today <= term.ends_on <= last
    return today <= dates_of(term.span, term.contract.conditions).notice_on <= last
