"""What a contact may do where he signs in follows from what he is at his account."""

from __future__ import annotations

from datetime import datetime

from keepwell.customers.models import Contact, ContactRole
from keepwell.journal.recording import Actor
from keepwell.people.models import Role
from keepwell.people.models.role_grant import CUSTOMER_ROLES
from keepwell.people.verbs.granting import grant, withdraw


def sign_in_role(contact: Contact) -> Role:
    """Customer administrator for an administrator of an account, else customer."""
    is_administrator = (
        contact.account_id is not None
        and ContactRole.objects.filter(
            contact=contact, role=ContactRole.Kind.ADMINISTRATOR, to_at__isnull=True
        ).exists()
    )
    return Role.CUSTOMER_ADMINISTRATOR if is_administrator else Role.CUSTOMER_USER


def bring_sign_in_in_line(contact: Contact, *, by: Actor, at: datetime) -> None:
    """Gives the sign-in the one role it should have and takes the other; nothing for somebody without one."""
    user = contact.user
    if user is None or user.erased_at:
        return
    wanted = sign_in_role(contact)
    grant(user, wanted, by=by, at=at)
    for other in sorted(CUSTOMER_ROLES & user.roles - {wanted}):
        withdraw(user, other, by=by, at=at)
