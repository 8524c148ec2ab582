"""Products and their modules, one module a line: a product with three modules is three lines.

The core events of a module stand in one cell, with ; between them.
"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.customers.models import Module, Product
from keepwell.customers.verbs.products import add_module, add_product, measure_module
from keepwell.imports.columns import CellRefused, Column
from keepwell.imports.outcomes import outcome_since, told_of
from keepwell.imports.report import Outcome
from keepwell.imports.tables import Line
from keepwell.journal.recording import Actor

COLUMNS = (
    Column(name="product", is_required=True, also=("name", "product name")),
    Column(name="module", also=("module name", "part")),
    Column(name="core_events", also=("events",)),
    Column(name="half_life_days", also=("half life",)),
)


def bring_in(line: Line, *, by: Actor, at: datetime) -> Outcome:
    """The product, and its module if the line has one."""
    if not line["product"]:
        raise CellRefused(_("The product is empty."))
    product = Product.objects.filter(name__iexact=" ".join(line["product"].split())).first()
    told = told_of("product", product.pk) if product else None
    product = product or add_product(line["product"], by=by, at=at)
    if line["module"]:
        _measured(add_module(product, line["module"], by=by, at=at), line, by=by, at=at)
    return Outcome.ADDED if told is None else outcome_since(told, "product", product.pk)


def _measured(module: Module, line: Line, *, by: Actor, at: datetime) -> None:
    """What the line says of its use; an empty cell leaves what there is."""
    days = line["half_life_days"]
    if days and not days.isdecimal():
        raise CellRefused(_("The half-life '%(cell)s' is no number of days.") % {"cell": days[:60]})
    events = line["core_events"].split(";") if line["core_events"] else module.core_events
    measure_module(module, events, int(days) if days else module.half_life_days, by=by, at=at)
