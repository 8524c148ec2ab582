"""What the vendor sells and supports."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.customers.models import Module, Product
from keepwell.customers.refusals import ProductRefused
from keepwell.journal.recording import Actor, record
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.outbox.models import Brand
from keepwell.people import permits

EVENTS_AT_MOST = 200


@all_or_nothing()
def add_product(name: str, *, by: Actor, at: datetime | None = None) -> Product:
    """Customers can have this product from now on. Effects: product.added. Errors: ProductRefused."""
    permits.require(by, "settings.products")
    product = Product.objects.create(name=_free_name(name))
    record("product.added", by=by, at=at, subjects=[("product", product.pk)])
    return product


@all_or_nothing()
def rename_product(product: Product, name: str, *, by: Actor, at: datetime | None = None) -> None:
    """The product is called this everywhere. Effects: product.renamed. Errors: ProductRefused."""
    permits.require(by, "settings.products")
    lock(product)
    name = _free_name(name, of=product)
    if name != product.name:
        product.name = name
        product.save(update_fields=["name"])
        record("product.renamed", by=by, at=at, subjects=[("product", product.pk)])


@all_or_nothing()
def speak_for(product: Product, brand: Brand | None, *, by: Actor, at: datetime | None = None) -> None:
    """Mails about the product come from this brand; None: from the vendor's own. Effects: product.branded."""
    permits.require(by, "settings.products")
    lock(product)
    if product.brand != brand:
        product.brand = brand
        product.save(update_fields=["brand"])
        subjects = [("product", product.pk)]
        record("product.branded", by=by, at=at, subjects=subjects, facts={"brand": product.brand_id})


@all_or_nothing()
def retire_product(product: Product, *, by: Actor, at: datetime | None = None) -> None:
    """Nobody can choose the product any more; what runs of it stays. Effects: product.retired."""
    permits.require(by, "settings.products")
    if Product.objects.filter(pk=product.pk, is_active=True).update(is_active=False):
        product.is_active = False
        record("product.retired", by=by, at=at, subjects=[("product", product.pk)])


@all_or_nothing()
def resume_product(product: Product, *, by: Actor, at: datetime | None = None) -> None:
    """The product can be chosen again. Effects: product.resumed."""
    permits.require(by, "settings.products")
    if Product.objects.filter(pk=product.pk, is_active=False).update(is_active=True):
        product.is_active = True
        record("product.resumed", by=by, at=at, subjects=[("product", product.pk)])


@all_or_nothing()
def add_module(product: Product, name: str, *, by: Actor, at: datetime | None = None) -> Module:
    """The product has this part; one that was retired is offered again. Effects: product.module_added.

    Errors: ProductRefused for no name.
    """
    permits.require(by, "settings.products")
    lock(product)
    name = _checked_name(name)
    module = Module.objects.filter(product=product, name__iexact=name).first()
    if module and module.is_active:
        return module
    module = module or Module(product=product, name=name)
    module.is_active = True
    module.save()
    _record_module("product.module_added", module, by=by, at=at)
    return module


@all_or_nothing()
def retire_module(module: Module, *, by: Actor, at: datetime | None = None) -> None:
    """Nobody can choose the part any more; who has it keeps it. Effects: product.module_retired."""
    permits.require(by, "settings.products")
    if Module.objects.filter(pk=module.pk, is_active=True).update(is_active=False):
        module.is_active = False
        _record_module("product.module_retired", module, by=by, at=at)


@all_or_nothing()
def measure_module(
    module: Module,
    core_events: Iterable[str],
    half_life_days: int,
    *,
    by: Actor,
    at: datetime | None = None,
) -> None:
    """The part's use is known by these events, and forgotten this fast; the same again is no news.

    Effects: product.module_measured. Errors: ProductRefused for a half-life outside 1 to 365 days, or more
    than 200 events.
    """
    permits.require(by, "settings.products")
    lock(module)
    events = sorted({name for one in core_events if (name := " ".join(one.split())[:200])})
    if not 1 <= half_life_days <= 365 or len(events) > EVENTS_AT_MOST:
        raise ProductRefused(
            _("A module has a half-life of 1 to 365 days and at most 200 core events. Nothing was saved.")
        )
    if (events, half_life_days) == (module.core_events, module.half_life_days):
        return
    module.core_events, module.half_life_days = events, half_life_days
    module.save(update_fields=["core_events", "half_life_days"])
    measured = {"core_events": len(events), "half_life_days": half_life_days}
    _record_module("product.module_measured", module, measured, by=by, at=at)


def _record_module(
    kind: str, module: Module, more: Mapping[str, int] | None = None, *, by: Actor, at: datetime | None
) -> None:
    facts = {"module": module.pk, **(more or {})}
    record(kind, by=by, at=at, subjects=[("product", module.product_id)], facts=facts)


def _free_name(name: str, *, of: Product | None = None) -> str:
    name = _checked_name(name)
    known = Product.objects.filter(name__iexact=name)
    if (known.exclude(pk=of.pk) if of else known).exists():
        raise ProductRefused(
            _("There is a product called %(name)s already. Nothing was saved.") % {"name": name}
        )
    return name


def _checked_name(name: str) -> str:
    name = " ".join(name.split())
    if not 0 < len(name) <= 120:
        raise ProductRefused(_("A name has between 1 and 120 characters. Nothing was saved."))
    return name
