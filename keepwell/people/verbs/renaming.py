"""What somebody is called, and the language he reads."""

from __future__ import annotations

from datetime import datetime

from keepwell.journal.recording import Actor, record
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.people import permits
from keepwell.people.models import User


@all_or_nothing()
def rename_person(user: User, *, name: str, locale: str, by: Actor, at: datetime | None = None) -> None:
    """The person is called this and reads this language; the same again is no news.

    People rename themselves; others, who may set up people of these roles. Effects: person.changed.
    """
    if by.actor_ref != user.actor_ref:
        permits.require(by, permits.permit_for_sign_in(user.roles))
    wanted = {"name": " ".join(name.split()), "locale": locale.strip()}
    changed = [field for field in wanted if getattr(user, field) != wanted[field]]
    if not changed:
        return
    for field in changed:
        setattr(user, field, wanted[field])
    user.save(update_fields=changed)
    record("person.changed", by=by, at=at, subjects=[user.actor_ref], facts={"fields": changed})
