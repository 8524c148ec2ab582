"""Forgetting who somebody was."""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session

from keepwell.journal.recording import Actor, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.people import permits
from keepwell.people.models import User
from keepwell.people.verbs.granting import require_another_administrator


@all_or_nothing()
def erase_person(user: User, *, by: Actor, at: datetime | None = None) -> None:
    """Name, address and ways to sign in are gone for good; what the person did stays, without a name.

    Effects: person.erased. It is recorded while name and address still stand, so that other slices find,
    and forget in the same transaction, what hangs on them. Errors: LastAdministrator.
    """
    permits.require(by, "person.erase")
    require_another_administrator(user)
    lock(user)
    if user.erased_at:
        return
    at = clock.instant(at)
    record("person.erased", by=by, at=at, subjects=[user.actor_ref])
    _end_sign_ins(user)
    user.email = f"erased-{user.pk}@erased.invalid"
    user.name = user.time_zone = user.locale = ""
    user.is_active = False
    user.erased_at = at
    user.sessions_ended += 1
    user.set_unusable_password()
    user.save()


def _end_sign_ins(user: User) -> None:
    EmailAddress.objects.filter(user=user).delete()
    Authenticator.objects.filter(user=user).delete()
    # Few people are erased and sessions are signed blobs: reading the living ones is the honest way. One in
    # which a code was only asked for names the address and nobody yet.
    for session in Session.objects.iterator():
        found = session.get_decoded()
        if found.get("_auth_user_id") == str(user.pk) or user.email in str(found).lower():
            session.delete()
