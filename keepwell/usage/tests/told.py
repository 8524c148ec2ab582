"""What software tells, in short; and what comes of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from keepwell.usage.landing import land
from keepwell.usage.models import DayFile, Source, UsageDay
from keepwell.usage.taking.message import Received, event_in
from keepwell.usage.verbs.compacting import compact
from keepwell.usage.verbs.rolling import roll

NOW = datetime(2026, 6, 30, 12, tzinfo=UTC)


def track(
    message_id: str, event: str, at: str, *, user: str = "u-1", group: str = "elm-falls"
) -> dict[str, Any]:
    """`at` is a day and an hour: 2026-06-09 15."""
    day, _space, hour = at.partition(" ")
    said = {"type": "track", "messageId": message_id, "event": event, "userId": user}
    return {
        **said,
        "timestamp": f"{day}T{hour or '12'}:00:00Z",
        "context": {"groupId": group} if group else {},
    }


def group(
    message_id: str, at: str, *, user: str = "u-1", key: str = "elm-falls", **traits: Any
) -> dict[str, Any]:
    day, _space, hour = at.partition(" ")
    said = {"type": "group", "messageId": message_id, "userId": user, "groupId": key, "traits": traits}
    return {**said, "timestamp": f"{day}T{hour or '12'}:00:00Z"}


def tell(source: Source, messages: Iterable[Any], *, at: datetime = NOW) -> None:
    came = Received(received_at=at, sent_at=None, salt=source.salt)
    land(source, [event_in(message, came) for message in messages], at=at)


def count(*, at: datetime = NOW) -> None:
    compact(at=at)
    roll(at=at)


def counts() -> list[tuple[Any, ...]]:
    """(deployment, module, day, person, events, core events), in order."""
    rows = UsageDay.objects.values_list("deployment", "module", "day", "person_key", "events", "core_events")
    return sorted(rows, key=str)


def days() -> list[tuple[Any, ...]]:
    """(day, revision, file, events), in order."""
    return sorted(DayFile.objects.values_list("day", "revision", "place", "events"))
