"""Who a person in usage data was is forgotten: the row of the random key is deleted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models.functions import Lower

from keepwell.journal.recording import Actor, record
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.people import permits
from keepwell.usage.models import PersonKey


@all_or_nothing()
def erase_user_ids(user_ids: Iterable[str], *, by: Actor, at: datetime | None = None) -> int:
    """Nobody can say any more what these users did; that somebody did it stays counted. Gives how many keys.

    Ids are compared without regard to capitals, for many are mail addresses.
    Effects: source.person_erased for each source that knew one.
    """
    permits.require(by, "person.erase")
    return forget_user_ids(user_ids, by=by, at=at)


@all_or_nothing()
def forget_user_ids(user_ids: Iterable[str], *, by: Actor, at: datetime | None = None) -> int:
    """The same. The caller has asked for the permit."""
    wanted = {user_id.strip().lower() for user_id in user_ids if user_id.strip()}
    rows = PersonKey.objects.annotate(lower=Lower("user_id")).filter(lower__in=wanted)
    erased = 0
    for source in sorted(set(rows.values_list("source", flat=True))):
        keys = rows.filter(source=source).delete()[0]
        record("source.person_erased", by=by, at=at, subjects=[("source", source)], facts={"keys": keys})
        erased += keys
    return erased
