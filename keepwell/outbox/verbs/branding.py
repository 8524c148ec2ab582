"""Under which names customers are written to, and how that looks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from keepwell.journal.recording import Actor, record
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock_key
from keepwell.outbox.colours import READABLE, contrast_with_white
from keepwell.outbox.models import Brand
from keepwell.outbox.models.brand import OWN
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
PERMIT = "settings.brand"
# What each of these may name, in braces.
MAY_NAME = {
    "signature": OF_MAILS,
    "answer_frame": (ANSWER, *OF_MAILS),
    "acknowledgement": OF_NOTICES,
}


@all_or_nothing()
def add_brand(*, by: Actor, at: datetime | None = None, **words: Any) -> Brand:
    """Mailboxes and products can speak as it from now on. `words` are those of `FIELDS`.

    Effects: brand.added. Errors: NotPermitted; ValidationError, by field, in words.
    """
    permits.require(by, PERMIT)
    lock_key("brands")
    newest = Brand.objects.aggregate(newest=Max("pk"))["newest"] or OWN
    added = Brand(pk=newest + 1, **words)
    check(added)
    added.save(force_insert=True)
    record("brand.added", by=by, at=at, subjects=[("brand", added.pk)])
    return added


@all_or_nothing()
def change_brand(
    which: Brand | None = None, *, by: Actor, at: datetime | None = None, **changes: Any
) -> Brand:
    """Every page and mail of it shows the new brand from now on; what is not given stays as it was.

    `which` is None for the vendor's own. Effects: brand.changed, if anything differs.
    Errors: NotPermitted; ValidationError, by field, in words.
    """
    permits.require(by, PERMIT)
    lock_key("brands")
    changed = brand() if which is None or which.is_own else Brand.objects.get(pk=which.pk)
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
    errors: dict[str, str] = {
        field: words for field in MAY_NAME if (words := _wrong_names(field, getattr(changed, field)))
    }
    if contrast_with_white(changed.accent) < READABLE:
        errors["accent"] = _(
            "Words in this colour cannot be read on white. Choose a darker one; nothing was changed."
        )
    if other := _other_with_its_address(changed):
        errors["sender_address"] = _(
            "%(brand)s writes from this address. Who answers it would not know to whom; nothing was changed."
        ) % {"brand": other.name}
    if errors:
        raise ValidationError(errors)


def _other_with_its_address(changed: Brand) -> Brand | None:
    others = Brand.objects.exclude(pk=changed.pk)
    return others.filter(sender_address__iexact=changed.sender_address).first()


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
