"""How every verb begins: may he, nobody else meanwhile, is it still as he read it, does the case stand so."""

from __future__ import annotations

from typing import Any

from keepwell.cases.changes import changes_since
from keepwell.cases.models import Case
from keepwell.cases.refusals import CaseHasChanged, NotNow
from keepwell.cases.states import is_allowed
from keepwell.journal.recording import Actor
from keepwell.people import permits


def lock(case: Case, *, seen: int | None = None) -> Case:
    """The case as it stands, and nobody changes it until the transaction ends.

    Locked before any of its other rows. `seen` is the version the actor has read; None does not ask.
    Errors: CaseHasChanged.
    """
    # No join: after waiting for the lock PostgreSQL gives the row as it is now, and what was joined to it as
    # it was before. A case merged meanwhile would come merged, and into nothing.
    locked = Case.objects.select_for_update(of=("self",), no_key=True).get(pk=case.pk)
    if seen is not None and seen != locked.version:
        raise CaseHasChanged(locked, entries=changes_since(locked, seen))
    return locked


def lock_for(act: str, case: Case, *, permit: str, by: Actor, seen: int | None = None) -> Case:
    """The locked case, if this actor may do this to it as it stands.

    Errors: NotPermitted, CaseHasChanged, NotNow.
    """
    permits.require(by, permit)
    locked = lock(case, seen=seen)
    require_allowed(act, locked)
    return locked


def require_allowed(act: str, case: Case) -> None:
    """Errors: NotNow."""
    if not allows(case, act):
        raise NotNow(act, case)


def allows(case: Case, act: str) -> bool:
    """Whether the case stands so that this act can be done to it; so a page shows the buttons that work."""
    return is_allowed(act, case.state, is_spam=case.is_spam, is_merged=case.is_merged)


def person_id(by: Any) -> int | None:
    """Who did it, for a column; None for a customer's contact or a part of the product."""
    noun, identity = by.actor_ref
    return identity if noun == "person" else None
