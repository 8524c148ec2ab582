"""Whether the account's administrators see it, or its participants alone."""

from __future__ import annotations

from datetime import datetime

from keepwell.cases.changing import change, subjects_of
from keepwell.cases.locking import lock_for
from keepwell.cases.models import Case
from keepwell.conversations.verbs import placing
from keepwell.journal.recording import Actor, caused_by
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing


@all_or_nothing()
def make_private(case: Case, *, seen: int | None = None, by: Actor, at: datetime | None = None) -> Case:
    """On the customer's side only its participants see the case. Effects: case.made_private.

    Errors: NotPermitted for anybody but staff and whoever opened it; CaseHasChanged, NotNow.
    """
    return _set_private(case, True, seen=seen, by=by, at=at)


@all_or_nothing()
def make_shared(case: Case, *, seen: int | None = None, by: Actor, at: datetime | None = None) -> Case:
    """The account's administrators see the case, too. Effects: case.made_shared. Errors: as make_private."""
    return _set_private(case, False, seen=seen, by=by, at=at)


def _set_private(case: Case, is_private: bool, *, seen: int | None, by: Actor, at: datetime | None) -> Case:
    locked = lock_for("note", case, permit="case.reply", by=by, seen=seen)
    if locked.is_private == is_private:
        return locked
    at = clock.instant(at)
    set_it = placing.make_private if is_private else placing.make_shared
    kind = "case.made_private" if is_private else "case.made_shared"
    with caused_by():
        set_it(locked.conversation, about=subjects_of(locked), by=by, at=at)
        return change(locked, kind, by=by, at=at, columns={"is_private": is_private})
