"""Products and their modules, one module a line: a product with three modules is three lines."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.customers.models import Product
from keepwell.customers.verbs.products import add_module, add_product
from keepwell.imports.columns import CellRefused, Column
from keepwell.imports.outcomes import outcome_since, told_of
from keepwell.imports.report import Outcome
from keepwell.imports.tables import Line
from keepwell.journal.recording import Actor

COLUMNS = (
    Column(name="product", is_required=True, also=("name", "product name")),
    Column(name="module", also=("module name", "part")),
)


def bring_in(line: Line, *, by: Actor, at: datetime) -> Outcome:
    """The product, and its module if the line has one."""
    if not line["product"]:
        raise CellRefused(_("The product is empty."))
    product = Product.objects.filter(name__iexact=" ".join(line["product"].split())).first()
    told = told_of("product", product.pk) if product else None
    product = product or add_product(line["product"], by=by, at=at)
    if line["module"]:
        add_module(product, line["module"], by=by, at=at)
    return Outcome.ADDED if told is None else outcome_since(told, "product", product.pk)
