"""Why something about signals is refused. Nothing was changed in any of these."""

from __future__ import annotations

from django.utils.translation import gettext as _

from keepwell.kit.refusals import Refused


class SignalRefused(Refused):
    """A signal, a rule, a playbook or a task cannot be as it was asked for; the sentence says why."""


class HasEnded(SignalRefused):
    """The signal is over already."""

    def __init__(self) -> None:
        super().__init__(_("This signal is over. Nothing was changed."))


class OpenAgain(SignalRefused):
    """It is to be taken back, and the next of its kind is open already."""

    def __init__(self) -> None:
        super().__init__(_("The next signal of this kind is open already. Nothing was changed."))


class RanAlready(SignalRefused):
    """A playbook runs once for each occurrence of a signal."""

    def __init__(self) -> None:
        super().__init__(_("This playbook has run for this signal, or was declined. Nothing was done."))
