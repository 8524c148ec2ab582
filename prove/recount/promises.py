"""What was ever promised, as it is stored: policies, commitments, calendars. Nothing from keepwell."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any, NamedTuple

from prove.recount.clock import Terms
from prove.recount.hours import Hours

POLICIES = """
    SELECT v.id, v.policy_id, p.is_default, extract(epoch FROM v.effective_at)::float8, v.number,
           v.calendar_id, v.pauses::text
      FROM keepwell_service_levels_policyversion v JOIN keepwell_service_levels_policy p ON p.id = v.policy_id
     ORDER BY v.effective_at, v.number
"""
COMMITMENTS = """
    SELECT version_id, metric, severity, amount::float8, unit, objective::text
      FROM keepwell_service_levels_commitment
"""
CALENDARS = """
    SELECT id, calendar_id, extract(epoch FROM effective_at)::float8, number, mapping::text
      FROM keepwell_calendars_calendarversion ORDER BY effective_at, number
"""
ASSIGNED = """
    SELECT account_id, policy_id, extract(epoch FROM starts_at)::float8, extract(epoch FROM ends_at)::float8
      FROM keepwell_service_levels_policyassignment ORDER BY id
"""


class PolicyVersion(NamedTuple):
    id: int
    policy: int
    is_default: bool
    since: float
    number: int
    calendar: int
    pausing: str


class CalendarVersion(NamedTuple):
    id: int
    calendar: int
    since: float
    number: int
    mapping: str


class Edit(NamedTuple):
    """A promise made otherwise; severities: what each would have been."""

    metric: str
    severity: str
    amount: float
    unit: str
    objective: Fraction
    pauses: bool
    severities: dict[str, str]


class Promises:
    """Everything promised, read once."""

    def __init__(self, connection: Any) -> None:
        self._versions = [PolicyVersion(*row) for row in connection.execute(POLICIES)]
        self._calendars = [CalendarVersion(*row) for row in connection.execute(CALENDARS)]
        self._committed = list(connection.execute(COMMITMENTS))
        self._assigned = defaultdict(list)
        for account, *assignment in connection.execute(ASSIGNED):
            self._assigned[account].append(assignment)
        self._ready: dict[tuple[int, int], Terms] = {}

    def terms_at(self, accounts: Sequence[tuple[int, int | None]], at: int) -> Terms:
        """accounts: whose the case was, from each instant on."""
        account = next((one for since, one in reversed(accounts) if since <= at), None)
        version = in_force(self._of(self._policy_of(account, at)), at)
        calendar = in_force(self._of_calendar(version.calendar), at)
        key = version.id, calendar.id
        if key not in self._ready:
            self._ready[key] = self._terms(version, calendar)
        return self._ready[key]

    def promised_to(self, account: int, at: int) -> tuple[int, list[tuple[str, str]]]:
        """The policy that holds for an account, and what it promises: (metric, severity)."""
        policy = self._policy_of(account, at)
        version = in_force(self._of(policy), at).id
        return policy, [(row[1], row[2]) for row in self._committed if row[0] == version]

    def edited(self, policy: int, at: int, edit: Edit) -> Terms:
        """The version in force, with one promise made otherwise."""
        version = in_force(self._of(policy), at)
        terms = self._terms(version, in_force(self._of_calendar(version.calendar), at))
        pausing = terms.pausing - {edit.metric} | ({edit.metric} if edit.pauses else frozenset())
        promised = {**terms.promised, (edit.metric, edit.severity): (edit.amount, edit.unit)}
        return terms._replace(promised=promised, pausing=pausing)

    def calendar_of(self, policy: int, at: int) -> int:
        return int(in_force(self._of(policy), at).calendar)

    def objective(self, policy: int, metric: str, severity: str, at: int) -> Fraction:
        """The share that is promised at an instant; before all of them, the first."""
        shares = {row[0]: row[5] for row in self._committed if row[1:3] == (metric, severity)}
        made = [version for version in self._of(policy) if version.id in shares]
        return Fraction(shares[in_force(made, at).id]) / 100

    def hours_of(self, policy: int, at: int) -> Hours:
        """Those in whose zone the policy counts: of its calendar as it is now."""
        calendar = in_force(self._of(policy), at).calendar
        return self._hours(max(self._of_calendar(calendar), key=lambda version: version.number))

    @cached_property
    def _default(self) -> int:
        return next(version.policy for version in self._versions if version.is_default)

    def _policy_of(self, account: int | None, at: int) -> int:
        for policy, starts, ends in self._assigned.get(account, ()):
            if starts <= at and (ends is None or at < ends):
                return int(policy)
        return self._default

    def _of(self, policy: int) -> list[PolicyVersion]:
        return [version for version in self._versions if version.policy == policy]

    def _of_calendar(self, calendar: int) -> list[CalendarVersion]:
        return [version for version in self._calendars if version.calendar == calendar]

    def _terms(self, version: PolicyVersion, calendar: CalendarVersion) -> Terms:
        promised = {
            (metric, severity): (amount, unit)
            for of, metric, severity, amount, unit, _objective in self._committed
            if of == version.id
        }
        return Terms(version.policy, promised, frozenset(json.loads(version.pausing)), self._hours(calendar))

    def _hours(self, version: CalendarVersion) -> Hours:
        known = self.__dict__.setdefault("_known_hours", {})
        if version.id not in known:
            known[version.id] = Hours(json.loads(version.mapping))
        return known[version.id]


def in_force(versions: Iterable[Any], at: int) -> Any:
    """The newest that has begun; before all of them, the first."""
    known = list(versions)
    return ([one for one in known if one.since <= at] or known[:1])[-1]
