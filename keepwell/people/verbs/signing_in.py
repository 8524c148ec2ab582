"""What is kept of signing in and out."""

from __future__ import annotations

from datetime import datetime

from keepwell.journal.recording import record
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.people.models import User


@all_or_nothing()
def note_sign_in(user: User, *, method: str, at: datetime | None = None) -> None:
    """Somebody came in; `method` is such as code, password+totp or passkey. Effects: person.signed_in."""
    record("person.signed_in", by=user, at=at, subjects=[user.actor_ref], facts={"method": method})


@all_or_nothing()
def note_sign_out(user: User, *, at: datetime | None = None) -> None:
    """Somebody left; his open pages hear nothing any more. Effects: person.signed_out."""
    record("person.signed_out", by=user, at=at, subjects=[user.actor_ref])


@all_or_nothing()
def note_password(user: User, *, at: datetime | None = None) -> None:
    """Somebody chose a new password; his other sessions end by it. Effects: person.password_changed."""
    record("person.password_changed", by=user, at=at, subjects=[user.actor_ref])
