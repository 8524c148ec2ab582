"""The road map goes to the customer, and the customer agrees to it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from keepwell.conversations.authors import contact_id_of
from keepwell.journal.recording import Actor, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.people import permits
from keepwell.success.road_maps.about import subjects_of
from keepwell.success.road_maps.contents import content_of
from keepwell.success.road_maps.editing import PERMIT, lock_open
from keepwell.success.road_maps.models import RoadMap, Version
from keepwell.success.road_maps.queries import speaks_for_account
from keepwell.success.road_maps.refusals import NotHis, RoadMapRefused
from keepwell.success.road_maps.states import VersionState


@all_or_nothing()
def share(road_map: RoadMap, *, by: Actor, at: datetime | None = None) -> Version:
    """The customer reads the draft from now on, instead of what was shared before; what was agreed stays so.

    What it says is written once and kept. Effects: road_map.shared. Errors: IsClosed; RoadMapRefused where
    nothing was edited since, or no goal is to be shared.
    """
    permits.require(by, PERMIT)
    lock_open(road_map)
    draft = road_map.versions.filter(state=VersionState.DRAFT).first()
    if draft is None:
        raise RoadMapRefused(_("It is shared as it is. Nothing was changed."))
    content = content_of(road_map)
    if not content["goals"]:
        raise RoadMapRefused(_("Mark a goal as shared first: the customer would see an empty page."))
    at = clock.instant(at)
    road_map.versions.filter(state=VersionState.SHARED).update(state=VersionState.CLOSED.value, closed_at=at)
    draft.content, draft.shared_at = content, at
    draft.state = VersionState.SHARED.value
    draft.save(update_fields=["content", "shared_at", "state"])
    _record("road_map.shared", draft, by=by, at=at)
    return draft


@all_or_nothing()
def agree(version: Version, *, by: Any, at: datetime | None = None) -> None:
    """The customer agrees to what was shared; what was agreed before is replaced. The same again is no news.

    Only a person of the customer who speaks for the account. Effects: road_map.agreed. Errors: IsClosed,
    NotHis; RoadMapRefused for a version that is not the one shared now.
    """
    permits.require(by, "road_map.take_part")
    road_map = version.road_map
    lock_open(road_map)
    version.refresh_from_db()
    contact_id = contact_id_of(by)
    if contact_id is None or not speaks_for_account(by, road_map.account_id):
        raise NotHis
    if version.state == VersionState.AGREED:
        return
    if version.state != VersionState.SHARED:
        raise RoadMapRefused(
            _("Another version was shared meanwhile. Read that one, and agree to it. Nothing was changed.")
        )
    at = clock.instant(at)
    road_map.versions.filter(state=VersionState.AGREED).update(state=VersionState.CLOSED.value, closed_at=at)
    version.state, version.agreed_at, version.agreed_by_id = VersionState.AGREED.value, at, contact_id
    version.save(update_fields=["state", "agreed_at", "agreed_by"])
    _record("road_map.agreed", version, by=by, at=at)


def _record(kind: str, version: Version, *, by: Actor, at: datetime) -> None:
    facts = {"road_map": version.road_map_id, "version": version.number}
    record(kind, by=by, at=at, subjects=subjects_of(version.road_map), facts=facts)
