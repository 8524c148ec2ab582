"""What it is about: subject, product, tags."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.cases.changing import change
from keepwell.cases.details import clean_subject, clean_tags
from keepwell.cases.locking import lock_for
from keepwell.cases.models import Case
from keepwell.cases.refusals import CaseRefused
from keepwell.customers.models import Deployment, Product
from keepwell.journal.recording import Actor
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing

ACT, PERMIT = "change_details", "case.change_details"


@all_or_nothing()
def change_subject(
    case: Case, subject: str, *, seen: int | None = None, by: Actor, at: datetime | None = None
) -> Case:
    """Both sides read this subject from now on. Effects: case.subject_changed, if it is another one."""
    locked = lock_for(ACT, case, permit=PERMIT, by=by, seen=seen)
    cleaned = clean_subject(subject)
    if cleaned == locked.subject:
        return locked
    return change(locked, "case.subject_changed", by=by, at=clock.instant(at), columns={"subject": cleaned})


@all_or_nothing()
def change_product(
    case: Case,
    product: Product | None,
    *,
    deployment: Deployment | None = None,
    seen: int | None = None,
    by: Actor,
    at: datetime | None = None,
) -> Case:
    """It is about this product, and this installation of it if one is named. Effects: case.product_changed.

    Errors: CaseRefused for an installation of another account or product.
    """
    locked = lock_for(ACT, case, permit=PERMIT, by=by, seen=seen)
    if deployment and (deployment.account_id, deployment.product) != (locked.account_id, product):
        raise CaseRefused(_("That installation belongs to another account, or is of another product."))
    columns = {
        "product_id": product.pk if product else None,
        "deployment_id": deployment.pk if deployment else None,
    }
    if columns == {name: getattr(locked, name) for name in columns}:
        return locked
    facts = {"product": columns["product_id"], "deployment": columns["deployment_id"]}
    return change(locked, "case.product_changed", by=by, at=clock.instant(at), facts=facts, columns=columns)


@all_or_nothing()
def change_tags(
    case: Case, tags: Iterable[str], *, seen: int | None = None, by: Actor, at: datetime | None = None
) -> Case:
    """The case has these tags and no others. Effects: case.tags_changed, if they are others."""
    locked = lock_for(ACT, case, permit=PERMIT, by=by, seen=seen)
    cleaned = clean_tags(tags)
    if cleaned == locked.tags:
        return locked
    facts = {"count": len(cleaned)}
    return change(
        locked, "case.tags_changed", by=by, at=clock.instant(at), facts=facts, columns={"tags": cleaned}
    )
