"""Why an act on a case is refused, in words for whoever tried. Nothing was changed in any of these."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keepwell.cases.words import HAND_OFF_PARTS
from keepwell.kit.refusals import Refused

if TYPE_CHECKING:
    from keepwell.cases.models import Case

NOT_NOW = {
    "change_severity": gettext_lazy(
        "The severity of #%(number)s cannot be changed: the case is “%(state)s”."
    ),
    "log_contact": gettext_lazy("No contact can be entered on #%(number)s: the case is “%(state)s”."),
    "assign": gettext_lazy("#%(number)s cannot be assigned: the case is “%(state)s”."),
    "escalate": gettext_lazy("#%(number)s cannot be handed to another level: the case is “%(state)s”."),
    "answer_hand_off": gettext_lazy("The hand-off of #%(number)s is over: the case is “%(state)s”."),
    "snooze": gettext_lazy("#%(number)s cannot be put off: the case is “%(state)s”."),
    "wait_for_customer": gettext_lazy("#%(number)s cannot wait for the customer: the case is “%(state)s”."),
    "wait_for_engineering": gettext_lazy("#%(number)s cannot wait for engineering: the case is “%(state)s”."),
    "schedule": gettext_lazy("#%(number)s cannot be scheduled: the case is “%(state)s”."),
    "take_back": gettext_lazy("#%(number)s waits for nobody: the case is “%(state)s”."),
    "resolve": gettext_lazy("#%(number)s cannot be resolved: the case is “%(state)s”."),
    "withdraw": gettext_lazy("#%(number)s cannot be withdrawn: the case is “%(state)s”."),
    "close": gettext_lazy("#%(number)s cannot be closed: the case is “%(state)s”. Resolve it first."),
    "reopen": gettext_lazy("#%(number)s cannot be reopened: the case is “%(state)s”."),
}


class CaseRefused(Refused):
    """An act on a case is refused; `str()` is a sentence for whoever tried, and nothing was changed."""

    def __init__(self, words: str) -> None:
        super().__init__(f"{words} {_('Nothing was changed.')}")


class NotNow(CaseRefused):
    """The case does not stand so that this could be done to it."""

    def __init__(self, act: str, case: Case) -> None:
        self.act = act
        super().__init__(_why_not_now(act, case))


class CaseHasChanged(Exception):
    """Somebody changed the case since it was read; what was to be written is the caller's to keep.

    `case` is as it stands now; `entries` are its changes since then, oldest first, and `messages` what came
    or was written since then.
    """

    def __init__(self, case: Case, *, entries: Sequence[Any] = (), messages: Sequence[Any] = ()) -> None:
        self.case = case
        self.entries = entries
        self.messages = messages
        super().__init__(
            _("#%(number)s has changed since you read it. Nothing was changed, and what you wrote is kept.")
            % {"number": case.number}
        )


class TooLittle(CaseRefused):
    """A hand-off that does not say what whoever takes it has to know."""

    def __init__(self, missing: Iterable[str]) -> None:
        self.missing = tuple(missing)
        parts = get_text_list([str(HAND_OFF_PARTS[part]) for part in self.missing], _("and"))
        super().__init__(
            _("A hand-off needs a few words for each of its three parts. Please say %(parts)s.")
            % {"parts": parts}
        )


def _why_not_now(act: str, case: Case) -> str:
    if case.merged_into is not None:
        return _("#%(number)s was merged into #%(into)s: do this there.") % {
            "number": case.number,
            "into": case.merged_into.number,
        }
    if case.is_spam:
        return _("#%(number)s is marked as spam. Take that back first.") % {"number": case.number}
    words = NOT_NOW[act] % {"number": case.number, "state": case.get_state_display()}
    return str(words)
