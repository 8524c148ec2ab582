"""What a rule says, whole: whose readings, when, how severe, how long it is quiet after an end. Pure.

Written as JSON: {"scope", "severity", "when", "clears", "cooldown_days", "from_days", "dedupe"}.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from django.utils.translation import gettext as _

from keepwell.success.signals.grammar import (
    Asked,
    Condition,
    ConditionRefused,
    Scope,
    asked_by,
    parse,
    tests_of,
    write,
)

LONGEST_COOLDOWN_DAYS, LONGEST_TENURE_DAYS = 400, 3650
DEDUPE = re.compile(r"[a-z0-9_]{0,40}\Z")
# Of a person also his account's readings may be asked for; of an account no single person's.
MAY_ASK = {
    Scope.ACCOUNT: frozenset({Scope.ACCOUNT}),
    Scope.PERSON: frozenset({Scope.ACCOUNT, Scope.PERSON}),
    Scope.SOURCE: frozenset({Scope.SOURCE}),
}


class Severity(IntEnum):
    LOW = 1
    MEDIUM = 2
    HIGH = 3


@dataclass(frozen=True, kw_only=True)
class Terms:
    """`clears` None: when the subject's own readings say that `when` does not hold.

    After an end nothing opens for `cooldown_days`. An account is looked at once it is live for `from_days`.
    Rules with the same `dedupe` open one signal of a subject between them; "": the rule stands by itself.
    """

    scope: Scope
    severity: Severity
    when: Condition
    clears: Condition | None = None
    cooldown_days: int = 14
    from_days: int = 30
    dedupe: str = ""

    def __post_init__(self) -> None:
        """Errors: ConditionRefused."""
        for condition in (self.when, self.clears):
            if condition is not None:
                self._check(condition)
        if not any(test.kind.scope is self.scope for test in tests_of(self.when)):
            raise ConditionRefused(_("The condition asks nothing of whom the rule is about."))
        if not 0 <= self.cooldown_days <= LONGEST_COOLDOWN_DAYS:
            raise ConditionRefused(
                _("It is quiet for 0 to %(most)s days after an end.") % {"most": LONGEST_COOLDOWN_DAYS}
            )
        if not 0 <= self.from_days <= LONGEST_TENURE_DAYS:
            raise ConditionRefused(
                _("An account is looked at from 0 to %(most)s days after going live on.")
                % {"most": LONGEST_TENURE_DAYS}
            )
        if not DEDUPE.match(self.dedupe):
            raise ConditionRefused(_("What rules share is named in small letters, digits and _, up to 40."))

    def _check(self, condition: Condition) -> None:
        for test in tests_of(condition):
            if test.kind.scope not in MAY_ASK[self.scope]:
                raise ConditionRefused(
                    _("%(reading)s is not read of whom the rule is about.") % {"reading": test.asked.reading}
                )

    @property
    def asks(self) -> set[Asked]:
        return asked_by(self.when) | (asked_by(self.clears) if self.clears is not None else set())


def terms_to(terms: Terms) -> dict[str, Any]:
    return {
        "scope": terms.scope.value,
        "severity": terms.severity.name.lower(),
        "when": write(terms.when),
        "clears": write(terms.clears) if terms.clears is not None else None,
        "cooldown_days": terms.cooldown_days,
        "from_days": terms.from_days,
        "dedupe": terms.dedupe,
    }


FIELDS = {"scope", "severity", "when", "clears", "cooldown_days", "from_days", "dedupe"}


def terms_from(written: Any) -> Terms:
    """Errors: ConditionRefused."""
    if not isinstance(written, Mapping):
        raise ConditionRefused(_("A rule is written as names and values."))
    if unknown := sorted(str(name) for name in written.keys() - FIELDS):
        raise ConditionRefused(_("Nobody knows what %(name)s means in a rule.") % {"name": unknown[0]})
    clears = written.get("clears")
    return Terms(
        scope=_scope(written.get("scope")),
        severity=_severity(written.get("severity")),
        when=parse(written.get("when")),
        clears=parse(clears) if clears is not None else None,
        cooldown_days=_days(written.get("cooldown_days", 14)),
        from_days=_days(written.get("from_days", 30)),
        dedupe=str(written.get("dedupe", "")),
    )


def _scope(written: Any) -> Scope:
    try:
        return Scope(written)
    except ValueError:
        raise ConditionRefused(
            _("A rule is about one of %(scopes)s, not %(wrong)s.")
            % {"scopes": ", ".join(Scope), "wrong": written}
        ) from None


def _severity(written: Any) -> Severity:
    try:
        return Severity[str(written).upper()]
    except KeyError:
        raise ConditionRefused(
            _("A signal is low, medium or high, not %(wrong)s.") % {"wrong": written}
        ) from None


def _days(written: Any) -> int:
    if isinstance(written, bool) or not isinstance(written, int):
        raise ConditionRefused(_("%(wrong)s is no number of days.") % {"wrong": written})
    return written
