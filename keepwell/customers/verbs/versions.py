"""Versions of products, and until when each is supported."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from keepwell.customers.lifetimes import Lifetime
from keepwell.customers.models import Product, ProductVersion
from keepwell.customers.refusals import ProductRefused
from keepwell.customers.version_numbers import parts_of
from keepwell.journal.recording import Actor, record
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.people import permits

PERMIT = "settings.products"
DAYS = ("released_on", "support_ends_on", "life_ends_on")


@all_or_nothing()
def add_version(
    product: Product, number: str, lifetime: Lifetime, *, by: Actor, at: datetime | None = None
) -> ProductVersion:
    """The product has this version. Effects: product.version_added.

    Errors: ProductRefused for one that is known in any spelling (v7.03 is 7.3), or days out of their order.
    """
    permits.require(by, PERMIT)
    lock(product)
    version = ProductVersion(product=product, number=_free_number(product, number))
    _set(version, lifetime)
    version.save()
    _record("product.version_added", version, by=by, at=at)
    return version


@all_or_nothing()
def change_version(
    version: ProductVersion, number: str, lifetime: Lifetime, *, by: Actor, at: datetime | None = None
) -> None:
    """It is called this and has these days; the same is no news. Effects: product.version_changed.

    Errors: ProductRefused, as for a new one.
    """
    permits.require(by, PERMIT)
    lock(version.product)
    version.refresh_from_db()
    number = _free_number(version.product, number, but=version)
    if (number, lifetime) == (version.number, version.lifetime):
        return
    version.number = number
    _set(version, lifetime)
    version.save()
    _record("product.version_changed", version, by=by, at=at)


@all_or_nothing()
def remove_version(version: ProductVersion, *, by: Actor, at: datetime | None = None) -> None:
    """No such version is known any more; what runs somewhere stays. Effects: product.version_removed."""
    permits.require(by, PERMIT)
    lock(version.product)
    facts = {"version": version.pk}
    if ProductVersion.objects.filter(pk=version.pk).delete()[0]:
        record(
            "product.version_removed",
            by=by,
            at=at,
            subjects=[("product", version.product_id)],
            facts=facts,
        )


def _set(version: ProductVersion, lifetime: Lifetime) -> None:
    if not lifetime.is_sound:
        raise ProductRefused(
            _("A version is released first, then its support ends, then its life. Nothing was saved.")
        )
    for name in DAYS:
        setattr(version, name, getattr(lifetime, name))


def _free_number(product: Product, number: str, *, but: ProductVersion | None = None) -> str:
    number = " ".join(number.split())
    if len(number) > 60 or not parts_of(number):
        raise ProductRefused(
            _("A version has 1 to 60 characters, with a letter or a digit. Nothing was saved.")
        )
    for other in ProductVersion.objects.filter(product=product):
        if other != but and parts_of(other.number) == parts_of(number):
            raise ProductRefused(
                _("Version %(number)s is known already. Nothing was saved.") % {"number": other.number}
            )
    return number


def _record(kind: str, version: ProductVersion, *, by: Actor, at: datetime | None) -> None:
    days: dict[str, date | None] = {name: getattr(version, name) for name in DAYS}
    facts = {
        "version": version.pk,
        **{name: on.isoformat() if on else None for name, on in days.items()},
    }
    record(kind, by=by, at=at, subjects=[("product", version.product_id)], facts=facts)
