"""Closing and opening somebody's sign-in."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.journal.recording import Actor, record
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.kit.refusals import Refused
from keepwell.people import permits
from keepwell.people.models import User
from keepwell.people.verbs.granting import require_another_administrator


class Erased(Refused):
    """Somebody was forgotten for good; there is nobody left to let in."""


@all_or_nothing()
def deactivate(user: User, *, by: Actor, at: datetime | None = None) -> None:
    """Nobody signs in as this person any more, and whoever is signed in so is out at once.

    Effects: person.deactivated, unless it was closed already. Errors: LastAdministrator.
    """
    permits.require(by, permits.permit_for_sign_in(user.roles))
    require_another_administrator(user)
    lock(user)
    if not user.is_active:
        return
    user.is_active = False
    # Sessions that are over stay over when the sign-in is opened again.
    user.sessions_ended += 1
    user.save(update_fields=["is_active", "sessions_ended"])
    record("person.deactivated", by=by, at=at, subjects=[user.actor_ref])


@all_or_nothing()
def reactivate(user: User, *, by: Actor, at: datetime | None = None) -> None:
    """The person can sign in again. Effects: person.reactivated, if it was closed. Errors: Erased."""
    permits.require(by, permits.permit_for_sign_in(user.roles))
    lock(user)
    if user.erased_at:
        raise Erased(_("This person was erased and cannot come back. Add somebody new instead."))
    if user.is_active:
        return
    user.is_active = True
    user.save(update_fields=["is_active"])
    record("person.reactivated", by=by, at=at, subjects=[user.actor_ref])
