"""What the customers of the demonstration have agreed: contracts with a past, lost ones, prepaid hours."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta

from keepwell.contracts.models import Contract
from keepwell.contracts.new_contract import Agreed, Decision, NewContract, NewSubscription, Use
from keepwell.contracts.terms import A_DAY, Outcome, Renews, Span, months_after
from keepwell.contracts.verbs.adding_past import add_past_term
from keepwell.contracts.verbs.deciding import decide_renewal
from keepwell.contracts.verbs.opening import open_contract
from keepwell.contracts.verbs.subscribing import subscribe
from keepwell.contracts.verbs.using_hours import use_hours
from keepwell.customers.models import Account, Deployment
from keepwell.operate.demo import cast
from keepwell.people.actors import System
from keepwell.people.models import User

BY = System("demo")
NOON = time(12, tzinfo=UTC)
# Days from the furnishing to the end of the demonstration, at which somebody looks at it.
UNTIL_SEEN = timedelta(days=98)
SEATS = {"Small": 20, "Medium": 60, "Large": 180}
CENTS_A_SEAT = 24_000
SITE_CENTS = {"Small": 900_000, "Medium": 2_400_000, "Large": 6_000_000}


def agree_with(account: Account, number: int, seed: int, manager: User, *, at: datetime) -> None:
    """The contract of the account with its past terms; with some a second one that was lost."""
    chance = random.Random(f"keepwell demo contracts {seed} {number}")
    ends_on = _ends_on(number, chance, at.date() + UNTIL_SEEN)
    years = chance.choice([1, 2, 3])
    began_on = _years_before(ends_on, years + 1)
    agreed = Agreed(
        number=f"CW-{2000 + number}",
        title="Subscription and support",
        renews=_renews(number),
        notice_days=90,
        budget_lead_days=270 if number % 3 else 0,
        minimum_months=24,
        hours_a_year_minutes=20 * 60 if number % 3 == 0 else 0,
    )
    new = NewContract(agreed=agreed, starts_on=_years_before(ends_on, 1), ends_on=ends_on, began_on=began_on)
    contract = open_contract(account, new, by=manager, at=at)
    for back in range(1, years + 1):
        _past(contract, ends_on, back, chance, manager)
    for deployment in account.deployments.select_related("product").order_by("pk"):
        _subscribe(contract, deployment, number, began_on, manager, at)
    if agreed.hours_a_year_minutes:
        for hours in (1, 2):
            use = Use(minutes=hours * 90, on=at.date() - timedelta(days=7 * hours), reason="Consultation")
            use_hours(contract, use, by=manager, at=at)
    if number % 9 == 4:
        _lost(account, number, chance, manager, at)


def _ends_on(number: int, chance: random.Random, seen_on: date) -> date:
    """The last day of a month; the first account's is so near that its last day for notice is."""
    days = 110 if number == 0 else chance.randrange(140, 420)
    near = seen_on + timedelta(days=days)
    return months_after(near.replace(day=1), 1) - A_DAY if number else near


def _years_before(ends_on: date, years: int) -> date:
    """The first day of as many years that end on this day."""
    after = ends_on + A_DAY
    return date(after.year - years, after.month, min(after.day, 28))


def _renews(number: int) -> str:
    return (Renews.AFTER_NOTICE, Renews.BY_AGREEMENT, Renews.AT_END)[number % 3].value


def _past(contract: Contract, ends_on: date, back: int, chance: random.Random, manager: User) -> None:
    """One term of a year, so many years ago, and what came of it."""
    last = _years_before(ends_on, back) - A_DAY
    span = Span(first=_years_before(ends_on, back + 1), last=last)
    term = add_past_term(contract, span, by=BY, at=_noon(span.first))
    got_less = chance.random() < 0.1
    decision = (
        Decision(outcome=Outcome.CONTRACTED, reason=chance.choice(cast.LESS_BECAUSE), is_avoidable=False)
        if got_less
        else Decision(outcome=Outcome.RENEWED)
    )
    decide_renewal(term.renewal, decision, by=manager, at=_noon(last - timedelta(days=100)))


def _lost(account: Account, number: int, chance: random.Random, manager: User, at: datetime) -> None:
    """Another contract that ended some months before."""
    ends_on = at.date() - timedelta(days=chance.randrange(60, 300))
    agreed = Agreed(
        number=f"CW-{1000 + number}", title="Pilot of the crew app", renews=Renews.BY_AGREEMENT.value
    )
    starts_on = _years_before(ends_on, 1)
    contract = open_contract(
        account, NewContract(agreed=agreed, starts_on=starts_on, ends_on=ends_on), by=BY, at=_noon(starts_on)
    )
    product = account.deployments.order_by("pk")[0].product
    new = NewSubscription(product=product, seats=10, price_cents=10 * CENTS_A_SEAT, starts_on=starts_on)
    subscribe(contract, new, by=BY, at=_noon(starts_on))
    reason, is_avoidable = chance.choice(cast.LOST_BECAUSE)
    decision = Decision(outcome=Outcome.LOST, reason=reason, is_avoidable=is_avoidable)
    decide_renewal(contract.terms.get().renewal, decision, by=manager, at=_noon(ends_on - timedelta(days=40)))


def _subscribe(
    contract: Contract, deployment: Deployment, number: int, since: date, manager: User, at: datetime
) -> None:
    """Every fifth for everybody there; the others by seats, module by module."""
    segment = contract.account.segment
    if number % 5 == 0:
        new = NewSubscription(
            product=deployment.product, price_cents=SITE_CENTS[segment] // 4, starts_on=since
        )
        subscribe(contract, new, by=manager, at=at)
        return
    for module in deployment.modules.order_by("pk"):
        new = NewSubscription(
            product=deployment.product,
            module=module,
            seats=SEATS[segment],
            price_cents=SEATS[segment] * CENTS_A_SEAT // 8,
            starts_on=since,
        )
        subscribe(contract, new, by=manager, at=at)


def _noon(on: date) -> datetime:
    return datetime.combine(on, NOON)
