"""Adding somebody who can sign in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.journal.recording import Actor, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.refusals import Refused
from keepwell.people import permits
from keepwell.people.models import Role, RoleGrant, User


class AddressTaken(Refused):
    """Somebody already signs in with this address."""


@all_or_nothing()
def add_person(
    *,
    name: str,
    email: str,
    roles: Iterable[str],
    by: Actor,
    password: str | None = None,
    at: datetime | None = None,
) -> User:
    """Somebody can sign in from now on: staff with the password, or, without one, once they have chosen it
    by "forgotten password"; customers' people by a code sent by mail.

    Effects: person.added. Errors: AddressTaken, ValueError for an unknown role.
    """
    held = sorted({Role(role) for role in roles})
    permits.require(by, permits.permit_for_sign_in(held))
    if User.objects.filter(email=email.strip().lower()).exists():
        raise AddressTaken(
            _("Somebody already signs in with %(email)s. Nobody was added.") % {"email": email}
        )
    at = clock.instant(at)
    user = User.objects.create_user(email, password, name=" ".join(name.split()), created_at=at)
    RoleGrant.objects.bulk_create(RoleGrant(user=user, role=role, granted_at=at) for role in held)
    record("person.added", by=by, at=at, subjects=[user.actor_ref], facts={"roles": held})
    return user
