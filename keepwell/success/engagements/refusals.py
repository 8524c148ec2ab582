"""Why something about an engagement is refused. Nothing was changed in any of these."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keepwell.kit.refusals import Refused

if TYPE_CHECKING:
    from keepwell.success.engagements.models import Engagement, OfferedTime


class EngagementRefused(Refused):
    """Something about an engagement cannot be as it was asked for; the sentence says why."""


class NotNow(EngagementRefused):
    """The act is not possible in the state that it is in."""

    def __init__(self, engagement: Engagement) -> None:
        self.engagement = engagement
        state = engagement.get_state_display()
        super().__init__(_("That is not possible: it is %(state)s. Nothing was changed.") % {"state": state})


class NotSomebodyWhoHolds(EngagementRefused):
    """Engagements are held by success managers and account managers."""

    def __init__(self) -> None:
        super().__init__(
            _("Only success managers and account managers hold engagements. Nothing was changed.")
        )


class NobodyHolds(EngagementRefused):
    """A time is to be set, and nobody of ours was named."""

    def __init__(self) -> None:
        super().__init__(_("Say first who holds it. Nothing was changed."))


class TimeTaken(EngagementRefused):
    """Somebody else was faster, or our person has something else then. `rest` is what is still free."""

    def __init__(self, rest: Sequence[OfferedTime] = ()) -> None:
        self.rest = tuple(rest)
        super().__init__(_("This time was taken meanwhile. Nothing was booked."))


class InThePast(EngagementRefused):
    """A time that was."""

    def __init__(self) -> None:
        super().__init__(_("That time has passed. Nothing was changed."))


class NotYetThen(EngagementRefused):
    """It is to have been held before it began."""

    def __init__(self) -> None:
        super().__init__(_("It has not begun yet. Nothing was changed."))


class NoOutcome(EngagementRefused):
    """It is to be closed without a word of what came of it, or of what comes next."""

    def __init__(self) -> None:
        super().__init__(
            _("Say what came of it, and add what is to be done next, or that nothing is. Nothing was closed.")
        )


class LinkDead(EngagementRefused):
    """The address was used, is too old, or was withdrawn."""

    def __init__(self) -> None:
        super().__init__(_("This link leads nowhere any more. Ask whoever sent it to you for a new one."))


class NotOfThisAccount(EngagementRefused):
    """Somebody of another customer."""

    def __init__(self) -> None:
        super().__init__(_("Only people of this customer take part in it. Nothing was changed."))


class NothingWritten(EngagementRefused):
    """There is nothing to keep."""

    def __init__(self) -> None:
        super().__init__(_("There is nothing written yet. Nothing was saved."))


class AddressOfCalendarRefused(EngagementRefused):
    """Where a calendar is to be, and nothing of ours may look."""
