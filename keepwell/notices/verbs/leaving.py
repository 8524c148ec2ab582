"""What is due leaves the house: for each person and way what has gathered, together, and once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.notices.carriers import CARRIERS
from keepwell.notices.happenings import Happening, Way
from keepwell.notices.leaving import News, Reach, awake_at, may_leave_now
from keepwell.notices.models import Dispatch, Notice
from keepwell.notices.queries import due_dispatches
from keepwell.notices.reaching import reach_of
from keepwell.people.models import User
from keepwell.staffing.queries import on_call_at

AT_ONCE = 200


def tell_what_is_due(*, at: datetime | None = None) -> int:
    """Everybody is told what is due to him; gives how many notices left. Again: none, after any outage.

    What was read meanwhile, or is no longer his to see, does not leave. Where the worker was away and it
    is night by now, it waits for the morning. Effects: those of the carriers.
    """
    at = clock.instant(at)
    due = due_dispatches(at).order_by("notice__user", "way").values_list("notice__user", "way").distinct()
    waiting = list(due)
    on_call = on_call_at(at) if waiting else frozenset()
    return sum(_tell(user, Way(way), at, is_on_call=user in on_call) for user, way in waiting)


@all_or_nothing()
def _tell(user_id: int, way: Way, at: datetime, *, is_on_call: bool) -> int:
    # Two workers at once would both find it due: the second passes over what the first holds.
    held = due_dispatches(at).filter(notice__user=user_id, way=way).order_by("pk")
    held = held.select_for_update(skip_locked=True, of=("self",))
    dispatches = list(held.select_related("notice__entry", "notice__case__account")[:AT_ONCE])
    user = User.objects.select_related("notice_wishes").get(pk=user_id)
    over = _over(dispatches, user)
    reach = reach_of(user, at=at, is_on_call=is_on_call)
    due = [one for one in dispatches if one.pk not in over and not _is_put_off(one, reach, at)]
    is_told = bool(due) and CARRIERS[way](user, [one.notice for one in due], at)
    _end(over, was_told=False, at=at)
    _end((one.pk for one in due), was_told=is_told, at=at)
    return len(due) if is_told else 0


def _over(dispatches: Iterable[Dispatch], user: User) -> set[int]:
    """Those that he has read, or may not see any more."""
    wanted = {one.notice_id: one.pk for one in dispatches if one.notice.read_at is None}
    seen = Notice.objects.visible_to(user).filter(pk__in=wanted).values_list("pk", flat=True)
    still = {wanted[notice] for notice in (seen if user.is_staff_member else ())}
    return {one.pk for one in dispatches} - still


def _is_put_off(dispatch: Dispatch, reach: Reach, at: datetime) -> bool:
    """Whether it waits, from now on for the end of the quiet hours that hold by now."""
    notice = dispatch.notice
    news = News(happening=Happening(notice.happening), at=at, is_high=notice.is_high)
    if may_leave_now(news, reach):
        return False
    Dispatch.objects.filter(pk=dispatch.pk).update(due_at=awake_at(at, reach))
    return True


def _end(dispatches: Iterable[int], *, was_told: bool, at: datetime) -> None:
    Dispatch.objects.filter(pk__in=list(dispatches)).update(ended_at=at, was_told=was_told)
