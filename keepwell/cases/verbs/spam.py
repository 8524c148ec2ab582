"""It is no problem of anybody's."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.cases.changing import change
from keepwell.cases.ending import end_work
from keepwell.cases.locking import lock_for
from keepwell.cases.models import Case
from keepwell.cases.refusals import CaseRefused
from keepwell.cases.staying import enter
from keepwell.journal.recording import Actor
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing


@all_or_nothing()
def mark_spam(case: Case, *, seen: int | None = None, by: Actor, at: datetime | None = None) -> Case:
    """The case leaves the lists, and its promises are void. Where it stood is kept.

    Effects: case.marked_spam. Errors: CaseHasChanged, NotNow, NotPermitted.
    """
    locked = lock_for("mark_spam", case, permit="case.mark_spam", by=by, seen=seen)
    at = clock.instant(at)
    ended = end_work(locked, at)
    return change(locked, "case.marked_spam", by=by, at=at, columns={**ended, "is_spam": True})


@all_or_nothing()
def not_spam(case: Case, *, seen: int | None = None, by: Actor, at: datetime | None = None) -> Case:
    """It was a mistake: the case stands as it stood, as if it had never been marked.

    Effects: case.unmarked_spam. Errors: CaseRefused for one that is not marked, CaseHasChanged, NotPermitted.
    """
    # A note is what may be done to spam, too: the act asks only that the case was not merged away.
    locked = lock_for("note", case, permit="case.mark_spam", by=by, seen=seen)
    if not locked.is_spam:
        raise CaseRefused(_("#%(number)s is not marked as spam.") % {"number": locked.number})
    at = clock.instant(at)
    locked.is_spam = False
    if locked.is_open:
        enter(locked, at)
    return change(locked, "case.unmarked_spam", by=by, at=at, columns={"is_spam": False})
