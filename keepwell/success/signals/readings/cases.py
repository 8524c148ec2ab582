"""What was asked of support: cases opened and reopened within days, High ones that are open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from fractions import Fraction

from keepwell.cases.models import Case
from keepwell.cases.severities import Severity
from keepwell.cases.states import OPEN_STATES
from keepwell.journal.models import Entry, EntrySubject
from keepwell.success.signals.grammar import Asked
from keepwell.success.signals.holding import Reading

# Account, the case, when: for each time that something happened.
Happened = Iterable[tuple[int, int, datetime]]
HIGH_OPEN = Asked("cases.high_open")
IDS_KEPT = 20


def read(
    accounts: Sequence[int], as_of: datetime, asked: Collection[Asked]
) -> Mapping[int, Mapping[Asked, Reading]]:
    found: dict[int, dict[Asked, Reading]] = {account: {} for account in accounts}
    for name, happened in HAPPENED.items():
        of_it = {one: timedelta(days=one.within_days or 0) for one in asked if one.reading == name}
        if of_it:
            rows = list(happened(accounts, as_of - max(of_it.values()), as_of))
            for one, window in of_it.items():
                _count(found, one, ((row[0], row[1]) for row in rows if row[2] > as_of - window))
    if HIGH_OPEN in asked:
        open_now = Case.objects.filter(
            account__in=accounts,
            severity=Severity.HIGH.value,
            state__in=OPEN_STATES,
            is_spam=False,
            opened_at__lte=as_of,
        )
        _count(found, HIGH_OPEN, open_now.order_by("pk").values_list("account", "pk"))
    return found


def _count(found: dict[int, dict[Asked, Reading]], asked: Asked, rows: Iterable[tuple[int, int]]) -> None:
    """Of an account without any it is known that there were none."""
    ids: dict[int, list[int]] = defaultdict(list)
    for account, case in rows:
        ids[account].append(case)
    for account, readings in found.items():
        of_it = ids[account]
        readings[asked] = Reading(value=Fraction(len(of_it)), ids=tuple(of_it[:IDS_KEPT]))


def _opened(accounts: Sequence[int], since: datetime, until: datetime) -> Happened:
    rows = Case.objects.filter(
        account__in=accounts,
        opened_at__gt=since,
        opened_at__lte=until,
        is_spam=False,
        merged_into__isnull=True,
    )
    return rows.order_by("opened_at", "pk").values_list("account", "pk", "opened_at")


def _high_opened(accounts: Sequence[int], since: datetime, until: datetime) -> Happened:
    rows = Case.objects.filter(
        account__in=accounts,
        severity=Severity.HIGH.value,
        opened_at__gt=since,
        opened_at__lte=until,
        is_spam=False,
        merged_into__isnull=True,
    )
    return rows.order_by("opened_at", "pk").values_list("account", "pk", "opened_at")


def _reopened(accounts: Sequence[int], since: datetime, until: datetime) -> Happened:
    """By the journal: each time counts, also twice of one case."""
    entries = Entry.objects.filter(
        kind="case.reopened",
        occurred_at__gt=since,
        occurred_at__lte=until,
        subjects__kind="account",
        subjects__subject_id__in=accounts,
    )
    rows = list(entries.order_by("pk").values_list("pk", "subjects__subject_id", "occurred_at"))
    about = EntrySubject.objects.filter(entry__in=[pk for pk, _account, _at in rows], kind="case")
    cases = dict(about.values_list("entry", "subject_id"))
    return [(account, cases[pk], at) for pk, account, at in rows if pk in cases]


HAPPENED: Mapping[str, Callable[[Sequence[int], datetime, datetime], Happened]] = {
    "cases.opened": _opened,
    "cases.high_opened": _high_opened,
    "cases.reopened": _reopened,
}
