"""What the vendor is called and how its mail looks."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from keepwell.journal.recording import Actor, record
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.outbox.colours import READABLE, contrast_with_white
from keepwell.outbox.models import Brand
from keepwell.outbox.queries import brand
from keepwell.people import permits

FIELDS = ("name", "sender_name", "sender_address", "signature", "accent")


@all_or_nothing()
def change_brand(*, by: Actor, at: datetime | None = None, **changes: Any) -> Brand:
    """Every page and mail shows the new brand from now on; what is not given stays as it was.

    Effects: brand.changed, if anything differs. Errors: NotPermitted; ValidationError, by field, in words.
    """
    permits.require(by, "settings.brand")
    Brand.objects.select_for_update().first()
    changed = brand()
    fields = [field for field in FIELDS if field in changes and getattr(changed, field) != changes[field]]
    for field in fields:
        setattr(changed, field, changes[field])
    _check(changed)
    if fields:
        changed.save()
        record("brand.changed", by=by, at=at, subjects=[("brand", changed.pk)], facts={"fields": fields})
    return changed


def _check(changed: Brand) -> None:
    changed.full_clean(validate_unique=False, validate_constraints=False)
    if contrast_with_white(changed.accent) < READABLE:
        raise ValidationError(
            {
                "accent": _(
                    "Words in this colour cannot be read on white. Choose a darker one; nothing was changed."
                )
            }
        )
