"""What runs of our products at an account."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from keepwell.customers.details import DeploymentDetails
from keepwell.customers.models import Account, Deployment, Environment, Module, Product
from keepwell.customers.refusals import ProductRefused
from keepwell.journal.recording import Actor, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.people import permits

FIELDS = ("version", "environment", "live_on", "external_key")


@all_or_nothing()
def add_deployment(
    account: Account,
    product: Product,
    details: DeploymentDetails | None = None,
    *,
    by: Actor,
    at: datetime | None = None,
) -> Deployment:
    """The product runs, or is being implemented, at the account. Effects: deployment.added.

    Errors: ProductRefused for modules of another product, or a key in usage data that another one has.
    """
    permits.require(by, "account.edit")
    at = clock.instant(at)
    details = details or DeploymentDetails()
    modules = _modules(product, details.modules)
    deployment = Deployment.objects.create(
        account=account,
        product=product,
        environment=Environment(details.environment),
        version=details.version.strip()[:60],
        live_on=details.live_on,
        external_key=_free_key(details.external_key),
        added_at=at,
    )
    deployment.modules.set(modules)
    facts = {"product": product.pk, "environment": str(deployment.environment), **_facts(deployment)}
    _record("deployment.added", deployment, facts, by=by, at=at)
    return deployment


@all_or_nothing()
def change_deployment(
    deployment: Deployment, details: DeploymentDetails, *, by: Actor, at: datetime | None = None
) -> None:
    """The deployment has this version, go-live date and modules; the same again is no news.

    Effects: deployment.changed.
    Errors: ProductRefused for modules of another product, or a key in usage data that another one has.
    """
    permits.require(by, "account.edit")
    lock(deployment)
    modules = _modules(deployment.product, details.modules)
    changed = _set_fields(deployment, details)
    if set(deployment.modules.values_list("pk", flat=True)) != {module.pk for module in modules}:
        deployment.modules.set(modules)
        changed.append("modules")
    if changed:
        facts = {"fields": changed, **_facts(deployment)}
        _record("deployment.changed", deployment, facts, by=by, at=at)


@all_or_nothing()
def retire_deployment(deployment: Deployment, *, by: Actor, at: datetime | None = None) -> None:
    """The account no longer runs it; cases about it stay. Effects: deployment.retired, the first time."""
    permits.require(by, "account.edit")
    at = clock.instant(at)
    lock(deployment)
    if deployment.retired_at is None:
        deployment.retired_at = at
        deployment.save(update_fields=["retired_at"])
        _record("deployment.retired", deployment, {}, by=by, at=at)


def _set_fields(deployment: Deployment, details: DeploymentDetails) -> list[str]:
    wanted = {
        "version": details.version.strip()[:60],
        "environment": Environment(details.environment),
        "live_on": details.live_on,
        "external_key": _free_key(details.external_key, of=deployment),
    }
    changed = [field for field in FIELDS if getattr(deployment, field) != wanted[field]]
    for field in changed:
        setattr(deployment, field, wanted[field])
    deployment.save(update_fields=changed)
    return changed


def _free_key(key: str, *, of: Deployment | None = None) -> str:
    key = key.strip()[:200]
    known = Deployment.objects.filter(external_key=key)
    if key and (known.exclude(pk=of.pk) if of else known).exists():
        raise ProductRefused(
            _("Another deployment is called %(key)s in usage data already. Nothing was saved.") % {"key": key}
        )
    return key


def _modules(product: Product, modules: tuple[Module, ...]) -> list[Module]:
    for module in modules:
        if module.product_id != product.pk:
            raise ProductRefused(
                _("%(module)s is no part of %(product)s. Nothing was saved.")
                % {"module": module.name, "product": product.name}
            )
    return list(modules)


def _facts(deployment: Deployment) -> dict[str, Any]:
    live_on = deployment.live_on
    return {
        "live_on": live_on.isoformat() if live_on else None,
        "modules": sorted(deployment.modules.values_list("pk", flat=True)),
    }


def _record(
    kind: str, deployment: Deployment, facts: dict[str, Any], *, by: Actor, at: datetime | None
) -> None:
    subjects = [("deployment", deployment.pk), ("account", deployment.account_id)]
    record(kind, by=by, at=at, subjects=subjects, facts=facts)
