"""Whose an action is to move."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from keepwell.conversations.authors import contact_id_of
from keepwell.customers.models import Contact
from keepwell.customers.queries import administers, identities_of
from keepwell.people import permits
from keepwell.success.road_maps.editing import PERMIT
from keepwell.success.road_maps.models import ActionItem, RoadMap
from keepwell.success.road_maps.refusals import NotHis
from keepwell.success.road_maps.states import Side


def may_move(actions: Iterable[ActionItem], by: Any) -> set[int]:
    """The ids of those that this actor moves at all, for a page to offer it; few queries for any number.

    Of ours whoever edits road maps, and the one who does it; of the customer's side whose it is, and who
    administers the account, as far as it is shared.
    """
    actions = list(actions)
    contact_id = contact_id_of(by)
    if contact_id is None:
        return {action.pk for action in actions if _is_for_us(action, by)}
    road_maps = {action.road_map_id for action in actions}
    seen = set(RoadMap.objects.visible_to(by).filter(pk__in=road_maps).values_list("pk", flat=True))
    theirs = [action for action in actions if action.side == Side.CUSTOMER and action.is_shared]
    own, is_all = identities_of(Contact.objects.get(pk=contact_id)), administers(by)
    return {
        action.pk
        for action in theirs
        if action.road_map_id in seen and (is_all or action.owner_contact_id in own)
    }


def require_his(action: ActionItem, by: Any) -> None:
    """Errors: NotHis."""
    if action.pk not in may_move([action], by):
        raise NotHis


def _is_for_us(action: ActionItem, by: Any) -> bool:
    is_owner = by.actor_ref == ("person", action.owner_user_id)
    return permits.may(by, PERMIT) or (is_owner and permits.may(by, "road_map.take_part"))
