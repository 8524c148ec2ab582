"""Who signs in how: staff with a password or a passkey, customers with a code sent by mail.

A code by mail is as good as the mailbox. Staff can do more than that is worth, and a second factor would be
worth nothing if a code went around it: nobody who holds a staff role is ever sent one.
"""

from __future__ import annotations

from keepwell.people.models import User
from keepwell.people.models.role_grant import STAFF_ROLES


def signs_in_by_code(user: User) -> bool:
    """Whether a code sent by mail lets this person in."""
    return user.is_customer and not user.roles & STAFF_ROLES


def signs_in_by_password(user: User) -> bool:
    """Whether this person may have a password."""
    return user.is_staff_member


def who_signs_in_as(address: str) -> User | None:
    """The person of this address who may sign in, however; None for unknown, closed and erased ones."""
    found = User.objects.filter(email=address.strip().lower(), is_active=True, erased_at=None)
    return found.first()
