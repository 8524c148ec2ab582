"""Versions of products with their last days: found again by product and number, in any spelling of it."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date, datetime

from django.utils.translation import gettext as _

from keepwell.customers.lifetimes import Lifetime
from keepwell.customers.models import Product, ProductVersion
from keepwell.customers.verbs.versions import add_version, change_version
from keepwell.customers.version_numbers import parts_of
from keepwell.imports.columns import CellRefused, Column, day
from keepwell.imports.finding import product_called
from keepwell.imports.outcomes import outcome_since, told_of
from keepwell.imports.report import Outcome
from keepwell.imports.tables import Line
from keepwell.journal.recording import Actor

COLUMNS = (
    Column(name="product", is_required=True, also=("product name",)),
    Column(name="version", is_required=True, also=("number", "release", "version number")),
    Column(name="released on", also=("released", "release date", "available from")),
    Column(
        name="support ends on",
        also=("support ends", "supported until", "end of support", "eos", "support end"),
    ),
    Column(name="life ends on", also=("life ends", "end of life", "eol", "ends on", "retired on")),
)
DAYS = {
    "released on": "released_on",
    "support ends on": "support_ends_on",
    "life ends on": "life_ends_on",
}


def bring_in(line: Line, *, by: Actor, at: datetime) -> Outcome:
    """The version with the days that the line has; an empty cell leaves what there is."""
    if not line["version"]:
        raise CellRefused(_("The version is empty."))
    product = product_called(line["product"])
    known = _known(product, line["version"])
    days = {name: day(line[column], _titled(column)) for column, name in DAYS.items() if line[column]}
    if known is None:
        add_version(product, line["version"], Lifetime(**days), by=by, at=at)
        return Outcome.ADDED
    told = told_of("product", product.pk)
    change_version(known, known.number, Lifetime(**{**_days_of(known), **days}), by=by, at=at)
    return outcome_since(told, "product", product.pk)


def which(line: Line) -> Hashable:
    """What may stand in a file once: a version that is said twice could be said in two ways."""
    return " ".join(line["product"].split()).casefold(), parts_of(line["version"])


def _known(product: Product, number: str) -> ProductVersion | None:
    parts = parts_of(number)
    return next((one for one in product.versions.all() if parts_of(one.number) == parts), None)


def _days_of(known: ProductVersion) -> dict[str, date | None]:
    return {name: getattr(known, name) for name in DAYS.values()}


def _titled(column: str) -> str:
    return column.capitalize()
