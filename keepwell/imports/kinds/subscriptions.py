"""What is subscribed to under contracts: found again by contract, product, module and first day."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.contracts.models import Contract, Subscription
from keepwell.contracts.money import amount_in, cents_of
from keepwell.contracts.new_contract import NewSubscription
from keepwell.contracts.pricing import Period
from keepwell.contracts.verbs.subscribing import MOST_SEATS, end_subscription, subscribe
from keepwell.customers.models import Module, Product
from keepwell.imports.columns import CellRefused, Column, day, likely, one_of, whole_number
from keepwell.imports.finding import contract_called, not_known, product_called
from keepwell.imports.outcomes import outcome_since, told_of
from keepwell.imports.report import Outcome
from keepwell.imports.tables import Line
from keepwell.journal.recording import Actor

COLUMNS = (
    Column(name="contract", is_required=True, also=("contract number", "contract id")),
    Column(name="product", is_required=True),
    Column(name="module", also=("part",)),
    Column(name="seats", is_required=True, also=("quantity", "licences", "licenses", "users")),
    Column(name="price", also=("amount",)),
    Column(name="period", also=("per", "for", "billing")),
    Column(name="starts on", is_required=True, also=("start", "start date", "from")),
    Column(name="ends on", also=("end", "end date", "to")),
)
PERIODS = {
    "once": Period.ONCE.value,
    "month": Period.MONTH.value,
    "monthly": Period.MONTH.value,
    "quarter": Period.QUARTER.value,
    "quarterly": Period.QUARTER.value,
    "year": Period.YEAR.value,
    "yearly": Period.YEAR.value,
}
UNLIMITED = ("unlimited", "site", "all")


def bring_in(line: Line, *, by: Actor, at: datetime) -> Outcome:
    """The subscription; of one that is known its last day. Anything else is ended and begun anew."""
    contract = contract_called(line["contract"])
    new = _new(line, contract)
    known = Subscription.objects.filter(
        contract=contract, product=new.product, module=new.module, deployment=None, starts_on=new.starts_on
    ).first()
    if known is None:
        subscribe(contract, new, by=by, at=at)
        return Outcome.ADDED
    if (known.seats, known.price_cents, known.period) != (new.seats, new.price_cents, new.period):
        raise CellRefused(
            _("This is known since that day with other seats or another price: end it, and begin another.")
        )
    told = told_of("subscription", known.pk)
    if new.ends_on:
        end_subscription(known, new.ends_on, by=by, at=at)
    return outcome_since(told, "subscription", known.pk)


def _new(line: Line, contract: Contract) -> NewSubscription:
    product = product_called(line["product"])
    seats = line["seats"].strip().lower()
    return NewSubscription(
        product=product,
        module=_module(product, line["module"]) if line["module"] else None,
        seats=None if seats in UNLIMITED else whole_number(seats, _("Seats"), 1, MOST_SEATS),
        price_cents=_cents(line["price"], contract.currency),
        period=one_of(line["period"], PERIODS, _("Period")) if line["period"] else Period.YEAR.value,
        starts_on=day(line["starts on"], _("Starts on")),
        ends_on=day(line["ends on"], _("Ends on")) if line["ends on"] else None,
    )


def _module(product: Product, name: str) -> Module:
    if found := product.modules.filter(name__iexact=" ".join(name.split())).first():
        return found
    raise not_known(_("Module"), name, likely(name, product.modules.values_list("name", flat=True)))


def _cents(cell: str, currency: str) -> int:
    try:
        cents = cents_of(amount_in(cell), currency) if cell else 0
    except ValueError:
        raise CellRefused(
            _("Price '%(cell)s' is no amount in %(currency)s.") % {"cell": cell[:60], "currency": currency}
        ) from None
    if cents < 0:
        raise CellRefused(_("A price is not less than nothing."))
    return cents
