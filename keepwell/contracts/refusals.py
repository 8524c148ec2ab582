"""Why something about a contract is refused. Nothing was saved in any of these."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from keepwell.kit.refusals import Refused


class ContractRefused(Refused):
    """A contract cannot be as it was asked for; the sentence says why and what to do."""


class RenewalRefused(Refused):
    """A renewal cannot end as it was asked for."""


class IsDecided(RenewalRefused):
    """It was decided already."""

    def __init__(self) -> None:
        super().__init__(_("This renewal is decided already. Nothing was changed."))


class StillBound(RenewalRefused):
    """The minimum term is not over with this term."""

    def __init__(self, until: date) -> None:
        super().__init__(
            _(
                "The minimum term runs until %(day)s: the contract cannot end before. If both let it go "
                "earlier, change the minimum term first. Nothing was changed."
            )
            % {"day": until.isoformat()}
        )


class SubscriptionRefused(Refused):
    """What is subscribed to cannot be as it was asked for."""


class HoursRefused(Refused):
    """Prepaid hours cannot be granted, used or taken back as it was asked for."""


class HoursGone(HoursRefused):
    """More than is left of what was granted."""

    def __init__(self, left_minutes: int) -> None:
        super().__init__(
            _(
                "Only %(hours)s prepaid hours are left in this contract year. Somebody who may change "
                "contracts can approve more, with a reason. Nothing was booked."
            )
            % {"hours": f"{max(left_minutes, 0) / 60:g}"}
        )
        self.left_minutes = left_minutes
