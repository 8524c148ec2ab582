"""Questions about contracts. Faces start from `Contract.objects.visible_to`.

Whoever may see a contract may see its dates and what is entitled; prices and reasons only with
`contract.see_prices`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import Q, QuerySet

from keepwell.contracts.dated import Dated, Kind
from keepwell.contracts.licences import Entitlement, joined
from keepwell.contracts.models import Contract, HoursEntry, Renewal, Subscription, Term
from keepwell.contracts.prepaid import Balance, balance_of
from keepwell.contracts.pricing import Price, cost_over, yearly_cents
from keepwell.contracts.terms import Phase, Span, contract_year, dates_of
from keepwell.customers.models import Account
from keepwell.customers.queries import sees_all
from keepwell.journal.kinds import all_kinds
from keepwell.journal.models import Entry

NOUNS = frozenset({"contract", "term", "renewal", "subscription", "hours"})
PRICED = ("subscription.added", "subscription.ended")
IN_FORCE = (Phase.IN_TERM, Phase.NOTICE_WINDOW)


def sees_prices(actor: Any) -> bool:
    """Whether prices, reasons and the ledger are for this one to read."""
    return sees_all(actor, "contract.see_prices")


def contracts_of(actor: Any, account: Account) -> list[Contract]:
    """Those of an account that the actor may see, with terms, renewals and subscriptions."""
    rows = Contract.objects.visible_to(actor).filter(account=account).with_terms()
    rows = rows.prefetch_related("subscriptions__product", "subscriptions__module")
    return list(rows.order_by("-began_on", "-pk"))


def current_term(contract: Contract, on: date) -> Term:
    """The term that has this day; else the one that comes next, else the last one."""
    terms = sorted(contract.terms.all(), key=lambda term: term.starts_on)
    return next((term for term in terms if term.ends_on >= on), terms[-1])


def entitlements(account: Account, on: date) -> list[Entitlement]:
    """What the account may use on this day, by contracts in force; each product, module, deployment once."""
    return entitlements_of_many([account.pk], on).get(account.pk, [])


def entitlements_of_many(account_ids: Iterable[int], on: date) -> dict[int, list[Entitlement]]:
    """The same for many accounts, by account; those without any are left out. Three queries."""
    found: dict[int, list[Entitlement]] = defaultdict(list)
    for contract, rows in _subscribed(Q(contract__account__in=list(account_ids)), on):
        found[contract.account_id] += [row.entitlement for row in rows]
    return {account: joined(all_of_it) for account, all_of_it in found.items()}


def seats_of_many(account_ids: Iterable[int], on: date) -> dict[int, int]:
    """For how many people each account has the most of anything on this day; those without a number, or for
    as many as want to, are left out. Three queries.
    """
    found = entitlements_of_many(account_ids, on)
    seats = {pk: [one.seats for one in rows if one.seats is not None] for pk, rows in found.items()}
    return {pk: max(counted) for pk, counted in seats.items() if counted}


def yearly_cents_of_many(account_ids: Iterable[int], on: date) -> dict[int, dict[str, int]]:
    """What each account pays in a year by what it subscribes to on this day, by currency. Three queries."""
    found: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for contract, rows in _subscribed(Q(contract__account__in=list(account_ids)), on):
        for row in rows:
            if cents := yearly_cents(row.price):
                found[contract.account_id][row.currency] += cents
    return {pk: dict(sums) for pk, sums in found.items()}


def cost_of(account: Account, span: Span) -> dict[str, int]:
    """What the account's subscriptions cost over these days, by currency, in its smallest unit, rounded once.

    A subscription without an end costs until the end of the contract's last term. This is the lower half of
    a return on investment.
    """
    sums: dict[str, Fraction] = defaultdict(Fraction)
    rows = Subscription.objects.filter(contract__account=account).select_related("contract")
    for row in rows.prefetch_related("contract__terms"):
        sums[row.currency] += cost_over(_bounded(row), span)
    return {currency: round(cents) for currency, cents in sorted(sums.items()) if cents}


def _bounded(row: Subscription) -> Price:
    last = max(term.ends_on for term in row.contract.terms.all())
    price = row.price
    return Price(
        cents=price.cents,
        period=price.period,
        first=price.first,
        last=min(price.last, last) if price.last else max(last, price.first),
    )


def hours_of(contract: Contract, on: date) -> Balance:
    """How the prepaid hours stand in the contract year that has this day, in minutes."""
    year = contract_year(contract.began_on, max(on, contract.began_on))
    return year_balance(contract, year.first)


def hours_of_many(contracts: Iterable[Contract], on: date) -> dict[int, Balance]:
    """The same of many contracts that have begun, by id. One query."""
    years = {one.pk: contract_year(one.began_on, max(on, one.began_on)).first for one in contracts}
    lines: dict[int, list[tuple[str, int, str]]] = {pk: [] for pk in years}
    rows = HoursEntry.objects.filter(contract__in=list(years))
    for pk, first, line, minutes, reverses in rows.values_list(
        "contract", "year_starts_on", "line", "minutes", "reverses__line"
    ):
        if first == years[pk]:
            lines[pk].append((line, minutes, reverses or ""))
    return {pk: balance_of(counted) for pk, counted in lines.items()}


def year_balance(contract: Contract, year_starts_on: date) -> Balance:
    rows = HoursEntry.objects.filter(contract=contract, year_starts_on=year_starts_on)
    lines = rows.values_list("line", "minutes", "reverses__line")
    return balance_of((line, minutes, reverses or "") for line, minutes, reverses in lines)


def dated(actor: Any, *, first: date, last: date, accounts: Iterable[int] | None = None) -> list[Dated]:
    """What comes up about contracts between two days, by day: for an obligations calendar.

    Last days for notice, days for the budget request and ends of terms whose renewal is open. `accounts`
    None: of all that the actor may see. Two queries.
    """
    rows = Contract.objects.visible_to(actor).filter(terms__renewal__outcome="").with_terms().distinct()
    if accounts is not None:
        rows = rows.filter(account__in=list(accounts))
    found = [one for contract in rows for one in _dated(contract)]
    return sorted((one for one in found if first <= one.on <= last), key=lambda one: (one.on, one.contract))


def _dated(contract: Contract) -> Iterable[Dated]:
    for term in contract.terms.all():
        if not term.renewal.is_open:
            continue
        dates = dates_of(term.span, contract.conditions)
        days = {Kind.BUDGET: dates.budget_on, Kind.NOTICE: dates.notice_on, Kind.TERM_END: term.ends_on}
        for kind, on in days.items():
            if on is not None:
                yield Dated(
                    kind=kind,
                    on=on,
                    account=contract.account_id,
                    contract=contract.pk,
                    renewal=term.renewal.pk,
                )


def decided_renewals(*, first: date | None = None, last: date | None = None) -> QuerySet[Renewal]:
    """Renewals with an outcome, by the end of their term, with contracts: what forecasts are held to."""
    rows = Renewal.objects.exclude(outcome="").select_related("term__contract__account")
    if first:
        rows = rows.filter(term__ends_on__gte=first)
    if last:
        rows = rows.filter(term__ends_on__lte=last)
    return rows.order_by("term__ends_on", "pk")


def open_renewals(actor: Any) -> QuerySet[Renewal]:
    """Those of contracts that the actor may see, the term that ends first before the others."""
    seen = Contract.objects.visible_to(actor)
    rows = Renewal.objects.filter(outcome="", term__contract__in=seen).select_related(
        "term__contract__account"
    )
    return rows.order_by("term__ends_on", "pk")


def visible_entries(actor: Any) -> QuerySet[Entry]:
    """Staff read how contracts went; what was subscribed to only who may see prices. No customer does."""
    entries = Entry.objects.of_kinds(own_kinds())
    if not sees_all(actor, "contract.see"):
        return entries.none()
    return entries if sees_prices(actor) else entries.exclude(kind__in=PRICED)


def own_kinds() -> tuple[str, ...]:
    return tuple(kind.name for kind in all_kinds() if kind.slice_name in NOUNS)


def _subscribed(which: Q, on: date) -> Iterable[tuple[Contract, list[Subscription]]]:
    """What is subscribed to on a day, by contract in force."""
    rows = Subscription.objects.filter(which, starts_on__lte=on)
    rows = rows.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))
    by_contract: dict[int, list[Subscription]] = defaultdict(list)
    for row in rows:
        by_contract[row.contract_id].append(row)
    for contract in Contract.objects.filter(pk__in=by_contract).with_terms():
        if contract.phase_on(on) in IN_FORCE:
            yield contract, by_contract[contract.pk]
