"""What was taken is committed, and only then answered for.

Usage is no change of anything that people decide: it has no entry in the journal, and tells no screen.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from django.db import connection, transaction

from keepwell.usage.models import Apart, PersonKey, Source
from keepwell.usage.taking.message import Event

COLUMNS = "source_id, message_id, content_hash, kind, event, module, group_key, person_key, occurred_s, facts"
LAND = f"COPY keepwell_usage_landed ({COLUMNS}) FROM STDIN"
# In the order of the ids: two batches with the same new people wait for one another in one order.
NEW_KEYS = """
    INSERT INTO keepwell_usage_personkey (source_id, user_id, key)
    SELECT %s, user_id, gen_random_uuid() FROM unnest(%s::text[]) AS user_id ORDER BY user_id
    ON CONFLICT (source_id, user_id) DO NOTHING
"""
# A source that is heard all the time is written once a minute: batches do not wait for one another.
HEARD_EVERY = timedelta(minutes=1)


def land(source: Source, events: Sequence[Event], *, at: datetime) -> None:
    """All events are kept for good, or none. Errors: DatabaseError where nothing can be kept now."""
    believed = [event for event in events if event.apart is None]
    with transaction.atomic():
        keys = person_keys(source, {event.user_id for event in believed if event.user_id})
        _copy(source, believed, keys)
        put_apart(source, (event for event in events if event.apart), at)
        note_heard(source, at)


def person_keys(source: Source, user_ids: Iterable[str]) -> Mapping[str, str]:
    """The random key of each, as text; whoever has none yet gets one."""
    wanted = sorted(set(user_ids))
    known = _known_keys(source, wanted)
    missing = [user_id for user_id in wanted if user_id not in known]
    if not missing:
        return known
    with connection.cursor() as cursor:
        cursor.execute(NEW_KEYS, [source.pk, missing])
    return {**known, **_known_keys(source, missing)}


def note_heard(source: Source, at: datetime) -> None:
    """The source is not silent."""
    earlier = Source.objects.filter(pk=source.pk).exclude(heard_at__gt=at - HEARD_EVERY)
    earlier.update(heard_at=at)


def note_refused(source: Source, refused: int, words: str, *, at: datetime) -> None:
    """So many were refused, the last for this reason: whoever looks after the source reads it on its page."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE keepwell_usage_source SET refused = refused + %s, said = %s, said_at = %s WHERE id = %s",
            [refused, words[:300], at, source.pk],
        )


def _known_keys(source: Source, user_ids: Sequence[str]) -> dict[str, str]:
    rows = PersonKey.objects.filter(source=source, user_id__in=user_ids).values_list("user_id", "key")
    return {user_id: str(key) for user_id, key in rows}


def _copy(source: Source, events: Sequence[Event], keys: Mapping[str, str]) -> None:
    if not events:
        return
    with connection.cursor() as cursor, cursor.copy(LAND) as copy:
        for event in events:
            copy.write_row(
                (
                    source.pk,
                    event.message_id,
                    event.content_hash,
                    event.kind,
                    event.event,
                    event.module,
                    event.group_key,
                    keys.get(event.user_id, ""),
                    int(event.occurred_at.timestamp()),
                    None if event.facts is None else json.dumps(event.facts),
                )
            )


def put_apart(source: Source, events: Iterable[Event], at: datetime) -> None:
    """What nobody can believe is kept where it counts nowhere, once."""
    rows = [
        Apart(
            source=source,
            message_id=event.message_id,
            content_hash=event.content_hash,
            why=event.apart or "",
            kind=event.kind,
            event=event.event,
            group_key=event.group_key,
            occurred_at=event.occurred_at.astimezone(UTC),
            received_at=at,
        )
        for event in events
    ]
    Apart.objects.bulk_create(rows, ignore_conflicts=True)
