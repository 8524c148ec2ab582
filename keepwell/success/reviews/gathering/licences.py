"""What may be used, for how many, and how many people use it.

{"has_contract", "entitlements": [{"product", "module": "" for all of the product, "seats": None without a
limit}], "seats", "people", "used": people of seats, None where there is no limit, or nothing is measured}
"""

from __future__ import annotations

from datetime import date

from keepwell.contracts.queries import entitlements
from keepwell.customers.models import Module, Product
from keepwell.success.reviews.gathering.asked import Asked, Data, exact
from keepwell.success.reviews.gathering.usage import ACTIVE, measured
from keepwell.usage.entitled import seats_of
from keepwell.usage.models import MetricDay, MetricState
from keepwell.usage.queries import readings_on

SEATS_USED = "licences_active"


def read(asked: Asked) -> Data:
    agreed = entitlements(asked.account, asked.span.last)
    products = Product.objects.in_bulk([one.product for one in agreed])
    modules = Module.objects.in_bulk([one.module for one in agreed if one.module])
    _first, last = measured(asked)
    known = _known(asked, last) if last else {}
    return {
        "has_contract": bool(agreed),
        "entitlements": [
            {
                "product": products[one.product].name,
                "module": modules[one.module].name if one.module else "",
                "seats": one.seats,
            }
            for one in agreed
        ],
        "seats": seats_of(agreed),
        "people": known[ACTIVE].numerator if ACTIVE in known else None,
        "used": exact(known[SEATS_USED].value) if SEATS_USED in known else None,
    }


def _known(asked: Asked, on: date) -> dict[str, MetricDay]:
    rows = readings_on(on, [asked.account.pk]).filter(metric__in=[ACTIVE, SEATS_USED])
    return {row.metric: row for row in rows if row.state == MetricState.KNOWN}
