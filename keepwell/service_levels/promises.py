"""Which terms hold for a case at an instant: the policy of its account, in the version in force then.

All that was ever promised is small (versions of a policy, versions of a calendar) and is read once for a
replay; the terms of a pair of versions never change and are prepared once a process.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db import connection

from keepwell.calendars.compiled import working_time_by_id
from keepwell.service_levels.models import Commitment, PolicyAssignment, PolicyVersion
from keepwell.service_levels.terms import Allowance, Terms

TermsAt = Callable[[datetime], Terms]

# Every version of every policy with every version of its calendar, in force from the later of the two.
IN_FORCE = """
    SELECT p.policy_id, p.is_default, greatest(p.effective_at, c.effective_at), p.id, c.id,
           EXISTS (SELECT FROM keepwell_service_levels_policyassignment)
    FROM (SELECT v.id, v.policy_id, v.calendar_id, v.effective_at, v.number, y.is_default,
                 lead(v.effective_at) OVER w AS until
            FROM keepwell_service_levels_policyversion v
            JOIN keepwell_service_levels_policy y ON y.id = v.policy_id
          WINDOW w AS (PARTITION BY v.policy_id ORDER BY v.effective_at, v.number)) p
    JOIN (SELECT id, calendar_id, effective_at, number,
                 lead(effective_at) OVER w AS until
            FROM keepwell_calendars_calendarversion
          WINDOW w AS (PARTITION BY calendar_id ORDER BY effective_at, number)) c
      ON c.calendar_id = p.calendar_id
     AND (p.until IS NULL OR c.effective_at < p.until)
     AND (c.until IS NULL OR p.effective_at < c.until)
    ORDER BY p.policy_id, 3, p.number, c.number
"""


class NothingPromised(LookupError):
    """There is no default policy: `keepwell init` has not run, so no case can be measured."""


@dataclass(frozen=True)
class _Timeline:
    """Version pairs of one policy by the instant from which they hold."""

    instants: tuple[datetime, ...]
    pairs: tuple[tuple[int, int], ...]

    def pair_at(self, at: datetime) -> tuple[int, int]:
        # What began before anything was written down is measured by the first version.
        return self.pairs[max(bisect_right(self.instants, at) - 1, 0)]


class Promises:
    """Everything ever promised, as read at one moment. Make one for a run over many cases."""

    def __init__(self) -> None:
        rows = _read_versions()
        self._timelines = _timelines_of(rows)
        self._default = next((row[0] for row in rows if row[1]), None)
        self._has_assignments = any(row[5] for row in rows)
        self._assignments: dict[int, list[PolicyAssignment]] = {}

    def terms_for(self, accounts: Iterable[tuple[datetime, int | None]]) -> TermsAt:
        """The terms of a case whose account was this one from each instant on, in order of time."""
        placed = list(accounts)

        def terms_at(at: datetime) -> Terms:
            account = None
            for since, then in placed:
                if since <= at:
                    account = then
            return _terms(*self._timelines[self._policy_of(account, at)].pair_at(at))

        return terms_at

    def version_at(self, account: int | None, at: datetime) -> int:
        """The policy version in force for the account. Errors: NothingPromised without a default policy."""
        return self._timelines[self._policy_of(account, at)].pair_at(at)[0]

    def _policy_of(self, account: int | None, at: datetime) -> int:
        if account is not None:
            for assignment in self._assignments_of(account):
                if assignment.starts_at <= at and (assignment.ends_at is None or at < assignment.ends_at):
                    return assignment.policy_id
        if self._default is None:
            raise NothingPromised("There is no default policy. Run `keepwell init` first.")
        return self._default

    def _assignments_of(self, account: int) -> list[PolicyAssignment]:
        if not self._has_assignments:
            return []
        if account not in self._assignments:
            self._assignments[account] = list(PolicyAssignment.objects.filter(account=account))
        return self._assignments[account]


def _read_versions() -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(IN_FORCE)
        return cursor.fetchall()


def _timelines_of(rows: list[tuple[Any, ...]]) -> dict[int, _Timeline]:
    return {
        policy: _Timeline(
            tuple(row[2] for row in rows if row[0] == policy),
            tuple((row[3], row[4]) for row in rows if row[0] == policy),
        )
        for policy in dict.fromkeys(row[0] for row in rows)
    }


@lru_cache(maxsize=256)
def _terms(policy_version_id: int, calendar_version_id: int) -> Terms:
    version = PolicyVersion.objects.get(pk=policy_version_id)
    commitments = Commitment.objects.filter(version=version)
    return Terms(
        key=(policy_version_id, calendar_version_id),
        working_time=working_time_by_id(calendar_version_id),
        allowances={
            (one.metric, one.severity): Allowance(amount=one.amount, unit=one.unit) for one in commitments
        },
        pauses=frozenset(version.pauses),
    )
