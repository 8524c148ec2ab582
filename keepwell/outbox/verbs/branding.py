"""What the vendor is called and how its mail looks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from keepwell.journal.recording import Actor, record
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.outbox.colours import READABLE, contrast_with_white
from keepwell.outbox.models import Brand
from keepwell.outbox.queries import brand
from keepwell.outbox.variables import ANSWER, OF_MAILS, OF_NOTICES, unknown
from keepwell.people import permits

FIELDS = (
    "name",
    "sender_name",
    "sender_address",
    "signature",
    "answer_frame",
    "acknowledgement",
    "accent",
)
# What each of these may name, in braces.
MAY_NAME = {
    "signature": OF_MAILS,
    "answer_frame": (ANSWER, *OF_MAILS),
    "acknowledgement": OF_NOTICES,
}


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
    check(changed)
    if fields:
        changed.save()
        record("brand.changed", by=by, at=at, subjects=[("brand", changed.pk)], facts={"fields": fields})
    return changed


def check(changed: Brand) -> None:
    """Whether mail can leave like this. Errors: ValidationError, by field, in words."""
    changed.full_clean(validate_unique=False, validate_constraints=False)
    errors = {field: words for field in MAY_NAME if (words := _wrong_names(field, getattr(changed, field)))}
    if contrast_with_white(changed.accent) < READABLE:
        errors["accent"] = _(
            "Words in this colour cannot be read on white. Choose a darker one; nothing was changed."
        )
    if errors:
        raise ValidationError(errors)


def _wrong_names(field: str, text: str) -> str:
    known = MAY_NAME[field]
    if strange := unknown(text, known):
        words = {"strange": _in_braces(strange), "known": _in_braces(known)}
        return (
            _("%(strange)s is nothing that can stand here. There is %(known)s. Nothing was changed.") % words
        )
    if field == "answer_frame" and text.splitlines().count(_in_braces([ANSWER])) != 1:
        return _("{answer} has to stand here once, on a line of its own. Nothing was changed.")
    return ""


def _in_braces(names: Iterable[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in names)
