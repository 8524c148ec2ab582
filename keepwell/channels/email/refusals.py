"""When something asked for cannot be done with a mail that came in."""

from __future__ import annotations

from django.utils.translation import gettext as _

from keepwell.kit.refusals import Refused


class NotWaiting(Refused):
    """The mail stands in its case already, or nothing of it is kept."""

    def __init__(self) -> None:
        super().__init__(_("This mail does not wait any more. Nothing was changed."))


class OurOwn(Refused):
    """Nobody of ours becomes a customer by it."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "It says that it is from one of us, and only customers' mail becomes part of a case. Write "
                "what it says into a note. Nothing was changed."
            )
        )


class AnswersAside(Refused):
    """It came to a side thread: what a third party wrote never becomes a message that the customer reads."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "It answers a side thread, which the customer does not read. Let it in there, or put it "
                "aside. Nothing was changed."
            )
        )


class NobodyThere(Refused):
    """It is from nobody who is known at the account that it answers."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Nobody at the account that it answers is known by that address. Add the address to "
                "whoever it is, or make it a case. Nothing was changed."
            )
        )
