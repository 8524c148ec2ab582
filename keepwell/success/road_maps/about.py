"""What entries about road maps are about, and who did something."""

from __future__ import annotations

from typing import Any

from keepwell.conversations.authors import contact_id_of
from keepwell.journal.recording import Subject
from keepwell.success.road_maps.models import RoadMap


def subjects_of(road_map: RoadMap, *others: Subject) -> list[Subject]:
    """The road map, its account, and what is beside it."""
    return [("road_map", road_map.pk), ("account", road_map.account_id), *others]


def said_by(by: Any) -> dict[str, int | None]:
    """The columns that name whoever speaks: one of ours, or the customer's person; else neither."""
    noun, identity = by.actor_ref
    contact = contact_id_of(by)
    if contact is not None:
        return {"user_id": None, "contact_id": contact}
    return {"user_id": identity if noun == "person" else None, "contact_id": None}
