"""Out of sight until an instant, or until the customer's next word."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.cases.changing import change
from keepwell.cases.locking import lock, lock_for, person_id
from keepwell.cases.models import Case, Snooze
from keepwell.cases.refusals import CaseRefused
from keepwell.journal.recording import Actor
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.people import permits


@all_or_nothing()
def snooze(
    case: Case, until_at: datetime, *, seen: int | None = None, by: Actor, at: datetime | None = None
) -> Case:
    """It comes back then, or when the customer writes; the promises run on. Again: the new instant holds.

    Effects: case.snoozed. Errors: CaseRefused for an instant that is over, CaseHasChanged, NotNow.
    """
    locked = lock_for("snooze", case, permit="case.snooze", by=by, seen=seen)
    at, until_at = clock.instant(at), clock.instant(until_at)
    if until_at <= at:
        raise CaseRefused(_("That instant is over. Choose one that lies ahead."))
    _end(locked, at)
    Snooze.objects.create(case=locked, until_at=until_at, snoozed_by_id=person_id(by), snoozed_at=at)
    columns = {"snoozed_until_at": until_at}
    return change(locked, "case.snoozed", by=by, at=at, facts={"until": until_at}, columns=columns)


@all_or_nothing()
def wake(case: Case, *, by: Actor, at: datetime | None = None) -> Case:
    """The case is back in the lists; one that is there already stays as it is. Effects: case.woken."""
    permits.require(by, "case.snooze")
    return wake_locked(lock(case), by=by, at=clock.instant(at))


def wake_locked(case: Case, *, by: Actor, at: datetime) -> Case:
    """The same for a locked case, whoever's word it was."""
    if case.snoozed_until_at is None:
        return case
    _end(case, at)
    return change(case, "case.woken", by=by, at=at, columns={"snoozed_until_at": None})


def _end(case: Case, at: datetime) -> None:
    Snooze.objects.filter(case=case, woken_at__isnull=True).update(woken_at=at)
