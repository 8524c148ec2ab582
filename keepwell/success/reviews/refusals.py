"""Why something about a review is refused. Nothing was saved in any of these."""

from __future__ import annotations

from django.utils.translation import gettext as _

from keepwell.kit.refusals import Refused


class ReviewRefused(Refused):
    """The review cannot be as it was asked for; the sentence says why and what to do."""


class IsDelivered(ReviewRefused):
    """What a customer has is not changed any more."""

    def __init__(self) -> None:
        super().__init__(_("This review was delivered: it stays as it is. Nothing was changed."))


class NotHis(ReviewRefused):
    """Somebody accepts who does not speak for the account."""

    def __init__(self) -> None:
        super().__init__(
            _("Whoever administers the account, or sponsors it, accepts a review. Nothing was changed.")
        )


class RuleRefused(Refused):
    """A configuration rule cannot be like this; `str()` says why."""
