"""What both sides write to each other about a road map."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from keepwell.conversations.authors import contact_id_of
from keepwell.journal.recording import record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.people import permits
from keepwell.success.road_maps.about import said_by, subjects_of
from keepwell.success.road_maps.editing import LONGEST, lock_open
from keepwell.success.road_maps.models import ActionItem, Comment, Goal, RoadMap
from keepwell.success.road_maps.refusals import NotHis, RoadMapRefused


@all_or_nothing()
def comment(
    road_map: RoadMap,
    body: str,
    *,
    about: Goal | ActionItem | None = None,
    by: Any,
    at: datetime | None = None,
) -> Comment:
    """Both sides read it, beside the goal or action, else below the road map. Effects: road_map.commented.

    Nobody comments on what is internal. Errors: IsClosed; NotHis for whoever does not see it; RoadMapRefused
    for no words, or too many.
    """
    permits.require(by, "road_map.take_part")
    lock_open(road_map)
    _require_seen(road_map, about, by)
    body = body.strip()
    if not 0 < len(body) <= LONGEST:
        raise RoadMapRefused(
            _("A comment has from 1 to %(most)s characters. Nothing was saved.") % {"most": LONGEST}
        )
    at = clock.instant(at)
    written = Comment.objects.create(
        road_map=road_map,
        goal=about if isinstance(about, Goal) else None,
        action=about if isinstance(about, ActionItem) else None,
        body=body,
        written_at=at,
        **said_by(by),
    )
    facts = {"road_map": road_map.pk, "comment": written.pk}
    record("road_map.commented", by=by, at=at, subjects=subjects_of(road_map), facts=facts)
    return written


def _require_seen(road_map: RoadMap, about: Goal | ActionItem | None, by: Any) -> None:
    if not RoadMap.objects.visible_to(by).filter(pk=road_map.pk).exists():
        raise NotHis
    if about is None:
        return
    if about.road_map_id != road_map.pk:
        raise NotHis
    if about.is_shared:
        return
    if contact_id_of(by) is not None:
        raise NotHis
    raise RoadMapRefused(
        _("The customer does not see this yet, so a comment would reach nobody. Share it first.")
    )
