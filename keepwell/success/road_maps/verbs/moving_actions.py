"""How far an action is: begun, blocked, done, dropped, taken up again. By whoever does it, on either side."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.journal.recording import Actor
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.people import permits
from keepwell.success.road_maps.about import said_by
from keepwell.success.road_maps.editing import LONGEST, lock_open
from keepwell.success.road_maps.models import ActionChange, ActionItem
from keepwell.success.road_maps.refusals import RoadMapRefused, StillWaits
from keepwell.success.road_maps.states import HOLDS_UP, ActionState, action_may_go
from keepwell.success.road_maps.verbs.planning_actions import record_action
from keepwell.success.road_maps.whose import require_his


@all_or_nothing()
def move_action(
    action: ActionItem,
    to: str,
    *,
    reason: str = "",
    waives: bool = False,
    by: Actor,
    at: datetime | None = None,
) -> None:
    """The action stands there from now on; the same is no news. Effects: action_item.moved.

    Blocked takes a reason. Done takes that all it waits for is done or dropped, or `waives` with a reason.
    Of the customer's side one moves what is his, and his administrator all of theirs. Errors: IsClosed,
    NotHis, StillWaits, RoadMapRefused.
    """
    permits.require(by, "road_map.take_part")
    lock_open(action.road_map)
    action.refresh_from_db()
    require_his(action, by)
    before, reason = action.state, reason.strip()[:LONGEST]
    if before == to:
        return
    if not action_may_go(before, to):
        raise RoadMapRefused(_("Take it up again first. Nothing was changed."))
    if to == ActionState.BLOCKED and not reason:
        raise RoadMapRefused(_("Say what blocks it. Nothing was changed."))
    is_waived = to == ActionState.DONE and _is_waived(action, reason, waives)
    at = clock.instant(at)
    action.state = ActionState(to).value
    action.done_on = at.date() if to == ActionState.DONE else None
    action.save(update_fields=["state", "done_on"])
    ActionChange.objects.create(
        action=action,
        from_state=before,
        to_state=action.state,
        reason=reason,
        is_waived=is_waived,
        happened_at=at,
        **said_by(by),
    )
    facts = {"from_state": before, "to_state": action.state, "waived": is_waived}
    record_action("action_item.moved", action, facts, by=by, at=at)


def _is_waived(action: ActionItem, reason: str, waives: bool) -> bool:
    """Whether it is done although it waits. Errors: StillWaits."""
    open_ones = ActionItem.objects.filter(holds_up__action=action, state__in=HOLDS_UP).order_by("pk")
    titles = list(open_ones.values_list("title", flat=True))
    if titles and not (waives and reason):
        raise StillWaits(titles)
    return bool(titles)
