"""Whose a signal or a task is: who looks after the account now, as long as he is one of ours."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from keepwell.customers.models import Stewardship
from keepwell.people.models import User
from keepwell.staffing.queries import staff

Kind = Stewardship.Kind


class Owners:
    """Of these accounts; two queries, asked once for many."""

    def __init__(self, accounts: Iterable[int]) -> None:
        rows = Stewardship.objects.filter(account__in=list(accounts), to_at__isnull=True)
        pairs = list(rows.values_list("account", "kind", "user"))
        ours = staff().in_bulk({user for _account, _kind, user in pairs})
        self._found: Mapping[int, dict[str, User]] = defaultdict(dict)
        for account, kind, user in pairs:
            if user in ours:
                self._found[account][kind] = ours[user]

    def of(self, account: int | None, first: str = Kind.SUCCESS) -> User | None:
        """Who looks after it in the first way, else in the other; None: nobody."""
        if account is None:
            return None
        found = self._found.get(account, {})
        other = Kind.ACCOUNT if first == Kind.SUCCESS else Kind.SUCCESS
        return found.get(first) or found.get(other)


def owner_of(account: int | None, first: str = Kind.SUCCESS) -> User | None:
    return Owners([account]).of(account, first) if account is not None else None
