"""Giving and withdrawing roles."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.journal.recording import Actor, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.refusals import Refused
from keepwell.people import permits
from keepwell.people.models import Role, RoleGrant, User


class LastAdministrator(Refused):
    """Without this one nobody could change settings any more."""


@all_or_nothing()
def grant(user: User, role: str, *, by: Actor, at: datetime | None = None) -> None:
    """The person holds the role from now on; held already, nothing happens. Effects: person.role_granted."""
    permits.require(by, permits.permit_for_sign_in({role, *user.roles}))
    at = clock.instant(at)
    _given, is_new = RoleGrant.objects.get_or_create(user=user, role=Role(role), defaults={"granted_at": at})
    if is_new:
        user.__dict__.pop("roles", None)
        record("person.role_granted", by=by, at=at, subjects=[user.actor_ref], facts={"role": str(role)})


@all_or_nothing()
def withdraw(user: User, role: str, *, by: Actor, at: datetime | None = None) -> None:
    """The person no longer holds the role. Effects: person.role_withdrawn. Errors: LastAdministrator."""
    permits.require(by, permits.permit_for_sign_in({role, *user.roles}))
    if role == Role.ADMINISTRATOR:
        require_another_administrator(user)
    gone, _each = RoleGrant.objects.filter(user=user, role=role).delete()
    if gone:
        user.__dict__.pop("roles", None)
        record("person.role_withdrawn", by=by, at=at, subjects=[user.actor_ref], facts={"role": str(role)})


def require_another_administrator(user: User) -> None:
    """Locks the administrators, so that the last two cannot leave at once. Errors: LastAdministrator."""
    administrators = User.objects.filter(grants__role=Role.ADMINISTRATOR, is_active=True).order_by("pk")
    if set(administrators.select_for_update().values_list("pk", flat=True)) == {user.pk}:
        raise LastAdministrator(
            _("%(name)s is the last administrator. Make somebody else one first. Nothing was changed.")
            % {"name": user.name}
        )
