"""What was agreed in a meeting goes on as an action of the road map."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.journal.recording import Actor, caused_by
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.success.engagements.models import Action
from keepwell.success.engagements.verbs.acting import move_action
from keepwell.success.road_maps.models import ActionItem, RoadMap
from keepwell.success.road_maps.refusals import RoadMapRefused
from keepwell.success.road_maps.verbs.planning_actions import add_action
from keepwell.success.road_maps.wanted import ActionWords


@all_or_nothing()
def take_up_action(
    action: Action, wanted: ActionWords, *, by: Actor, at: datetime | None = None
) -> ActionItem:
    """It becomes this action on the road map that is open, and is no more to be done after the engagement.

    Effects: engagement_action.moved, action_item.added. Errors: RoadMapRefused where no road map is open, and
    for the action; EngagementRefused where it is settled already; NotPermitted.
    """
    road_map = RoadMap.objects.filter(account=action.engagement.account_id, closed_at__isnull=True).first()
    if road_map is None:
        raise RoadMapRefused(_("This account has no road map. Begin one first. Nothing was changed."))
    at = clock.instant(at)
    with caused_by():
        move_action(action, by=by, at=at)
        return add_action(road_map, wanted, by=by, at=at)
