"""Closing and opening somebody's sign-in."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from keepwell.journal.recording import Actor, record
from keepwell.people import permits
from keepwell.people.models import Role, User
from keepwell.people.verbs.granting import require_another_administrator


@transaction.atomic
def deactivate(user: User, *, by: Actor, at: datetime | None = None) -> None:
    """Nobody signs in as this person any more. Effects: person.deactivated. Errors: LastAdministrator."""
    permits.require(by, permits.permit_for_sign_in(user.roles))
    if Role.ADMINISTRATOR in user.roles:
        require_another_administrator(user)
    _set_active(user, False)
    record("person.deactivated", by=by, at=at, subjects=[user.actor_ref])


@transaction.atomic
def reactivate(user: User, *, by: Actor, at: datetime | None = None) -> None:
    """The person can sign in again. Effects: person.reactivated."""
    permits.require(by, permits.permit_for_sign_in(user.roles))
    _set_active(user, True)
    record("person.reactivated", by=by, at=at, subjects=[user.actor_ref])


def _set_active(user: User, is_active: bool) -> None:
    user.is_active = is_active
    user.save(update_fields=["is_active"])
