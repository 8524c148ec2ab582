"""The cases behind a figure, the newest first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from keepwell.cases.words import HandOffState
from keepwell.insight.work.first_contact import solved_at_first_contact
from keepwell.insight.work.flow import escalations, reopened_cases, resolved_cases
from keepwell.insight.work.scope import Scope
from keepwell.insight.work.volume import with_age, withdrawals

ORDER = ("-opened_at", "-pk")
Group = tuple[Any, Callable[[Scope], Any]]

GROUPS: Mapping[str, Group] = {
    "opened": (_("Opened in the window"), lambda scope: scope.opened()),
    "resolved": (_("Resolved in the window"), lambda scope: resolved_cases(scope)),
    "withdrawn": (_("Withdrawn in the window"), lambda scope: _of(scope, withdrawals(scope))),
    "first_contact": (
        _("Resolved by the first contact"),
        lambda scope: _of(scope, solved_at_first_contact(scope)),
    ),
    "reopened": (_("Reopened since"), lambda scope: reopened_cases(scope)),
    "went_1_2": (_("Level 1 to 2"), lambda scope: _went(scope, 1, 2)),
    "went_2_3": (_("Level 2 to 3"), lambda scope: _went(scope, 2, 3)),
    "returned": (_("Returned"), lambda scope: _answered(scope, HandOffState.RETURNED)),
    "taken_back": (_("Taken back"), lambda scope: _answered(scope, HandOffState.TAKEN_BACK)),
    "unanswered": (_("Hand-off not answered yet"), lambda scope: _answered(scope, HandOffState.REQUESTED)),
    "open": (_("Open now"), lambda scope: scope.cases().open()),
}
OPEN_NOW = "open"
ANYBODY = 0


def cases_behind(scope: Scope, group: str, *, age: str = "", who: int | None = ANYBODY) -> Any:
    """The cases that a figure counts, with what a row names. Errors: KeyError for no group.

    Of open ones, those of an age and those that somebody works on (None: that nobody does).
    """
    _words, found = GROUPS[group]
    rows = with_age(scope, age) if group == OPEN_NOW else found(scope)
    if group == OPEN_NOW and who != ANYBODY:
        rows = rows.filter(assignee=who)
    return rows.select_related("account", "assignee")


def _of(scope: Scope, ended: Any) -> Any:
    return scope.cases().filter(pk__in=ended.values("case"))


def _went(scope: Scope, start: int, end: int) -> Any:
    accepted = escalations(scope).filter(from_level=start, to_level=end, accepted_at__isnull=False)
    return _of(scope, accepted)


def _answered(scope: Scope, state: str) -> Any:
    return _of(scope, escalations(scope).filter(state=state))
