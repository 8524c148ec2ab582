"""Forgetting who somebody was."""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db import transaction

from keepwell.journal.recording import Actor, record
from keepwell.kit import clock
from keepwell.people import permits
from keepwell.people.models import Role, User
from keepwell.people.verbs.granting import require_another_administrator


@transaction.atomic
def erase_person(user: User, *, by: Actor, at: datetime | None = None) -> None:
    """Name, address and ways to sign in are gone for good; what the person did stays, without a name.

    Effects: person.erased. Errors: LastAdministrator.
    """
    permits.require(by, "person.erase")
    if Role.ADMINISTRATOR in user.roles:
        require_another_administrator(user)
    at = clock.instant(at)
    _end_sign_ins(user)
    user.email = f"erased-{user.pk}@erased.invalid"
    user.name = ""
    user.time_zone = user.locale = ""
    user.is_active = False
    user.erased_at = at
    user.set_unusable_password()
    user.save()
    record("person.erased", by=by, at=at, subjects=[user.actor_ref])


def _end_sign_ins(user: User) -> None:
    EmailAddress.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    # Few people are erased and sessions are signed blobs: reading the living ones is the honest way.
    for session in Session.objects.iterator():
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            session.delete()
