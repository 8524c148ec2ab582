"""A road map begins, says something else, or is closed."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from keepwell.customers.models import Account
from keepwell.journal.recording import Actor, caused_by, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.people import permits
from keepwell.success.road_maps.about import subjects_of
from keepwell.success.road_maps.editing import LONGEST, PERMIT, begin_edit, lock_open, set_columns
from keepwell.success.road_maps.models import RoadMap, Version
from keepwell.success.road_maps.refusals import RoadMapRefused
from keepwell.success.road_maps.states import VersionState


@all_or_nothing()
def open_road_map(
    account: Account, horizon_on: date, vision: str = "", *, by: Actor, at: datetime | None = None
) -> RoadMap:
    """The account has a road map, with its first version as a draft. Effects: road_map.opened.

    Errors: RoadMapRefused where it has one that is not closed.
    """
    permits.require(by, PERMIT)
    lock(account)
    if RoadMap.objects.filter(account=account, closed_at__isnull=True).exists():
        raise RoadMapRefused(
            _("This account has a road map already. Close that one first. Nothing was saved.")
        )
    at = clock.instant(at)
    road_map = RoadMap.objects.create(
        account=account, horizon_on=horizon_on, vision=checked_vision(vision), opened_at=at
    )
    Version.objects.create(road_map=road_map, number=1, opened_at=at)
    facts = {"road_map": road_map.pk, "horizon_on": horizon_on.isoformat()}
    record("road_map.opened", by=by, at=at, subjects=subjects_of(road_map), facts=facts)
    return road_map


@all_or_nothing()
def change_road_map(
    road_map: RoadMap, horizon_on: date, vision: str, *, by: Actor, at: datetime | None = None
) -> None:
    """It goes until another day, or is for something else; the same is no news. Effects: road_map.changed.

    Errors: IsClosed, RoadMapRefused.
    """
    permits.require(by, PERMIT)
    wanted = {"horizon_on": horizon_on, "vision": checked_vision(vision)}
    lock_open(road_map)
    if all(getattr(road_map, name) == value for name, value in wanted.items()):
        return
    with caused_by():
        begin_edit(road_map, by=by, at=at)
        changed = set_columns(road_map, wanted)
        facts = {"road_map": road_map.pk, "fields": changed}
        record("road_map.changed", by=by, at=at, subjects=subjects_of(road_map), facts=facts)


@all_or_nothing()
def close_road_map(road_map: RoadMap, *, by: Actor, at: datetime | None = None) -> None:
    """Nothing is added to it any more; it stays to be read. Effects: road_map.closed. Errors: IsClosed."""
    permits.require(by, PERMIT)
    lock_open(road_map)
    road_map.closed_at = clock.instant(at)
    road_map.save(update_fields=["closed_at"])
    # Nobody will share what was not: a draft of a closed road map would wait for ever.
    road_map.versions.filter(state=VersionState.DRAFT).delete()
    facts = {"road_map": road_map.pk}
    record("road_map.closed", by=by, at=at, subjects=subjects_of(road_map), facts=facts)


def checked_vision(vision: str) -> str:
    """Errors: RoadMapRefused where it is too long."""
    vision = vision.strip()
    if len(vision) > LONGEST:
        raise RoadMapRefused(
            _("That is more than %(most)s characters. Nothing was saved.") % {"most": LONGEST}
        )
    return vision
