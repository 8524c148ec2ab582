"""Why something on a road map is refused. Nothing was saved in any of these."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from keepwell.kit.refusals import Refused


class RoadMapRefused(Refused):
    """The road map cannot be as it was asked for; the sentence says why and what to do."""


class IsClosed(RoadMapRefused):
    """A closed road map takes no change."""

    def __init__(self) -> None:
        super().__init__(_("This road map is closed. Nothing was changed."))


class NotYet(RoadMapRefused):
    """A goal cannot become active as it stands."""


class StillWaits(RoadMapRefused):
    """Something that the action waits for is open."""

    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__(
            _(
                "It waits for what is not done yet: %(titles)s. Do that first, or say why it need not wait. "
                "Nothing was changed."
            )
            % {"titles": "; ".join(titles)}
        )


class WouldBeACircle(RoadMapRefused):
    """An action would wait for itself, over others."""

    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__(
            _("Then each would wait for the other: %(titles)s. Nothing was changed.")
            % {"titles": " → ".join(titles)}
        )


class NotHis(RoadMapRefused):
    """Somebody moves what is not his to move."""

    def __init__(self) -> None:
        super().__init__(_("This is somebody else's to do. Nothing was changed."))
