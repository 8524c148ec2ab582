"""Why something about a hand-over is refused. Nothing was changed in any of these."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from keepwell.kit.refusals import Refused


class HandOverRefused(Refused):
    """A hand-over cannot be as it was asked for; the sentence says why."""


class HasOpenThings(HandOverRefused):
    """Somebody looks after the account who has so many things open there."""

    def __init__(self, user: object, things: int) -> None:
        super().__init__(
            ngettext(
                "%(name)s has one thing open there, which would be nobody's: hand the account over."
                " Nothing was changed.",
                "%(name)s has %(things)s things open there, which would be nobody's: hand the account over."
                " Nothing was changed.",
                things,
            )
            % {"name": user, "things": things}
        )


class NotUnderWay(HandOverRefused):
    """It is completed, returned or withdrawn, or waits for another act."""

    def __init__(self, state: str) -> None:
        super().__init__(_("That is not possible: it is %(state)s. Nothing was changed.") % {"state": state})


class CannotGoAlong(HandOverRefused):
    """Some of what is open cannot go to whoever takes the account. `why` has a sentence for each."""

    def __init__(self, why: Sequence[str]) -> None:
        self.why = tuple(why)
        super().__init__(
            _("Not everything can go along: %(why)s Move or release it, and complete again.")
            % {"why": " ".join(why)}
        )
