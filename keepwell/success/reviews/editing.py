"""How every edit of a review begins: may he, nobody else meanwhile, is it still ours."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from keepwell.kit.locking import lock
from keepwell.people import permits
from keepwell.success.reviews.models import Review
from keepwell.success.reviews.refusals import IsDelivered, ReviewRefused

PERMIT = "review.edit"
LONGEST = 8000


def lock_unfrozen(review: Review, *, by: Any) -> None:
    """Errors: NotPermitted, IsDelivered."""
    permits.require(by, PERMIT)
    lock(review)
    if review.is_frozen:
        raise IsDelivered


def text(written: str) -> str:
    """Without blanks around it. Errors: ReviewRefused where it is too long."""
    written = written.strip()
    if len(written) > LONGEST:
        raise ReviewRefused(
            _("That is more than %(most)s characters. Nothing was saved.") % {"most": LONGEST}
        )
    return written
