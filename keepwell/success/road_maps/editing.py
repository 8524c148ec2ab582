"""How every edit of a road map begins: may he, nobody else meanwhile, is it open, is there a draft."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Max, Model

from keepwell.customers.models import Contact
from keepwell.journal.recording import Actor, record
from keepwell.kit import clock
from keepwell.kit.locking import lock
from keepwell.people import permits
from keepwell.people.models import User
from keepwell.success.road_maps.about import subjects_of
from keepwell.success.road_maps.models import Goal, RoadMap, Version
from keepwell.success.road_maps.refusals import IsClosed, RoadMapRefused
from keepwell.success.road_maps.states import VersionState

PERMIT = "road_map.edit"
LONGEST = 4000


def lock_open(road_map: RoadMap) -> None:
    """Errors: IsClosed."""
    lock(road_map)
    if not road_map.is_open:
        raise IsClosed


def begin_edit(road_map: RoadMap, *, by: Actor, at: datetime | None) -> Version:
    """The draft that the edit belongs to; where what is there was shared, the next version is begun.

    Effects: road_map.drafted, for a new one. Errors: NotPermitted, IsClosed.
    """
    permits.require(by, PERMIT)
    lock_open(road_map)
    if draft := road_map.versions.filter(state=VersionState.DRAFT).first():
        return draft
    newest = road_map.versions.aggregate(newest=Max("number"))["newest"] or 0
    draft = Version.objects.create(road_map=road_map, number=newest + 1, opened_at=clock.instant(at))
    if newest:
        facts = {"road_map": road_map.pk, "version": draft.number}
        record("road_map.drafted", by=by, at=at, subjects=subjects_of(road_map), facts=facts)
    return draft


def set_columns(row: Model, wanted: Mapping[str, Any]) -> list[str]:
    """Sets what differs and gives the names of it."""
    changed = [name for name, value in wanted.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, wanted[name])
    if changed:
        row.save(update_fields=changed)
    return changed


def words(text: str, most: int, refusal: str) -> str:
    """The text in one line. Errors: RoadMapRefused where it is empty, or longer than that."""
    text = " ".join(text.split())
    if not 0 < len(text) <= most:
        raise RoadMapRefused(refusal)
    return text


def require_of_account(road_map: RoadMap, *contacts: Contact | None, refusal: str) -> None:
    """Errors: RoadMapRefused for a contact of another account, or one who is gone."""
    for contact in contacts:
        if contact and (
            contact.account_id != road_map.account_id or contact.erased_at or contact.merged_into_id
        ):
            raise RoadMapRefused(refusal)


def require_staff(user: User | None, refusal: str) -> None:
    """Errors: RoadMapRefused for somebody who is not, or no longer, one of ours."""
    if user and not user.is_staff_member:
        raise RoadMapRefused(refusal)


def require_own_goal(road_map: RoadMap, goal: Goal | None, refusal: str) -> None:
    """Errors: RoadMapRefused for a goal of another road map."""
    if goal and goal.road_map_id != road_map.pk:
        raise RoadMapRefused(refusal)
