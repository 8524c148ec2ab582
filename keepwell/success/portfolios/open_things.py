"""What is open at an account in somebody's name, and how each kind of thing is given away or released."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from keepwell.contracts.models import Renewal
from keepwell.customers.models import Account, Stewardship
from keepwell.enquiries.models import Enquiry, Kind
from keepwell.enquiries.verbs import settling
from keepwell.people.models import User
from keepwell.success.engagements.models import AHEAD, Action, Cadence, Engagement, State
from keepwell.success.engagements.verbs.acting import give_action
from keepwell.success.engagements.verbs.beginning import give_to, release_holder
from keepwell.success.engagements.verbs.cadences import end_cadence, give_cadence
from keepwell.success.letters.models import Correspondence
from keepwell.success.letters.verbs import writing
from keepwell.success.road_maps.models import ActionItem, Goal
from keepwell.success.road_maps.states import ENDED, OPEN_ACTIONS
from keepwell.success.road_maps.verbs.planning_actions import change_action
from keepwell.success.road_maps.verbs.setting_goals import change_goal
from keepwell.success.road_maps.wanted import ActionWords, GoalWords
from keepwell.success.signals.queries import open_signals_at, open_tasks_at
from keepwell.success.signals.verbs.handing_over import hand_over_signal, release_signal, release_task
from keepwell.success.signals.verbs.tasks import hand_over_task

Rows = Iterable[Any]


@dataclass(frozen=True, kw_only=True)
class Sort:
    """One kind of thing. `find` gives those open at the account in this one's name, for this way of looking
    after it; `give` gives one to somebody else; `release` takes its owner away, None where it needs one.
    """

    noun: str
    words: str | Promise
    find: Callable[[Account, User, str], Rows]
    give: Callable[[Any, User, User, datetime], object]
    release: Callable[[Any, User, datetime], object] | None


@dataclass(frozen=True, kw_only=True)
class Thing:
    """One thing that is open: its row, and whether it may be without an owner."""

    sort: Sort
    row: Any
    may_be_released: bool

    @property
    def key(self) -> tuple[str, int]:
        return self.sort.noun, self.row.pk


def open_things(account: Account, user: User, kind: str) -> list[Thing]:
    """All of it, sort by sort, in the order of `SORTS`. The same number of queries for however many."""
    return [
        Thing(
            sort=sort,
            row=row,
            may_be_released=sort.release is not None and not (isinstance(row, Engagement) and row.starts_at),
        )
        for sort in SORTS
        for row in sort.find(account, user, kind)
    ]


def open_renewals_of(account: Account) -> Sequence[Renewal]:
    """They belong to whoever is the account manager, and go along with the account."""
    rows = Renewal.objects.filter(term__contract__account=account, outcome="")
    return list(rows.select_related("term__contract").order_by("term__ends_on", "pk"))


def _engagements(account: Account, user: User, kind: str) -> Rows:
    rows = Engagement.objects.filter(account=account, host=user, state__in=(*AHEAD, State.HELD))
    return rows.order_by("starts_at", "pk")


def _cadences(account: Account, user: User, kind: str) -> Rows:
    return Cadence.objects.filter(account=account, host=user, ended_at=None).order_by("pk")


def _actions(account: Account, user: User, kind: str) -> Rows:
    rows = Action.objects.still_open().filter(engagement__account=account, user=user)
    return rows.select_related("engagement__account").order_by("due_on", "pk")


def _planned(account: Account, user: User, kind: str) -> Rows:
    rows = ActionItem.objects.filter(
        road_map__account=account, road_map__closed_at__isnull=True, owner_user=user, state__in=OPEN_ACTIONS
    )
    return rows.select_related("road_map", "goal").order_by("due_on", "pk")


def _goals(account: Account, user: User, kind: str) -> Rows:
    rows = Goal.objects.filter(road_map__account=account, road_map__closed_at__isnull=True, vendor_owner=user)
    return (
        rows.exclude(state__in=ENDED).select_related("road_map", "sponsor", "customer_owner").order_by("pk")
    )


def _enquiries(account: Account, user: User, kind: str) -> Rows:
    """Time with us is asked of success managers, all else of account managers."""
    rows = Enquiry.objects.still_open().filter(account=account, owner=user)
    if kind == Stewardship.Kind.SUCCESS:
        rows = rows.filter(kind=Kind.ENGAGEMENT)
    return rows.order_by("asked_at", "pk")


def _letters(account: Account, user: User, kind: str) -> Rows:
    rows: Any = Correspondence.objects.filter(account=account, owner=user).waiting_for_us()
    found: Rows = rows.order_by("last_at", "pk")
    return found


def _give_planned(row: ActionItem, taker: User | None, by: User, at: datetime) -> None:
    wanted = ActionWords(title=row.title, side=row.side, owner=taker, goal=row.goal, is_shared=row.is_shared)
    change_action(row, wanted, by=by, at=at)


def _give_goal(row: Goal, taker: User, by: User, at: datetime) -> None:
    wanted = GoalWords(
        statement=row.statement,
        why=row.why,
        category=row.category,
        priority=row.priority,
        sponsor=row.sponsor,
        vendor_owner=taker,
        customer_owner=row.customer_owner,
        is_shared=row.is_shared,
    )
    change_goal(row, wanted, by=by, at=at)


def _signals(account: Account, user: User, kind: str) -> Rows:
    return open_signals_at(account).filter(owner=user).select_related("rule")


def _tasks(account: Account, user: User, kind: str) -> Rows:
    return open_tasks_at(account).filter(owner=user)


SORTS: tuple[Sort, ...] = (
    Sort(
        noun="signal",
        words=_("Signals"),
        find=_signals,
        give=lambda row, taker, by, at: hand_over_signal(row, taker, by=by, at=at),
        release=lambda row, by, at: release_signal(row, by=by, at=at),
    ),
    Sort(
        noun="task",
        words=_("Tasks"),
        find=_tasks,
        give=lambda row, taker, by, at: hand_over_task(row, taker, by=by, at=at),
        release=lambda row, by, at: release_task(row, by=by, at=at),
    ),
    Sort(
        noun="engagement",
        words=_("Engagements"),
        find=_engagements,
        give=lambda row, taker, by, at: give_to(row, taker, by=by, at=at),
        release=lambda row, by, at: release_holder(row, by=by, at=at),
    ),
    Sort(
        noun="cadence",
        words=_("Met by a cadence"),
        find=_cadences,
        give=lambda row, taker, by, at: give_cadence(row, taker, by=by, at=at),
        release=lambda row, by, at: end_cadence(row, by=by, at=at),
    ),
    Sort(
        noun="action",
        words=_("To be done after engagements"),
        find=_actions,
        give=lambda row, taker, by, at: give_action(row, taker, by=by, at=at),
        release=lambda row, by, at: give_action(row, None, by=by, at=at),
    ),
    Sort(
        noun="action_item",
        words=_("To be done on the road map"),
        find=_planned,
        give=_give_planned,
        release=lambda row, by, at: _give_planned(row, None, by, at),
    ),
    Sort(
        noun="goal",
        words=_("Goals of the road map"),
        find=_goals,
        give=_give_goal,
        release=None,
    ),
    Sort(
        noun="enquiry",
        words=_("Enquiries"),
        find=_enquiries,
        give=lambda row, taker, by, at: settling.give(row, taker, by=by, at=at),
        release=lambda row, by, at: settling.give(row, None, by=by, at=at),
    ),
    Sort(
        noun="correspondence",
        words=_("Letters to be answered"),
        find=_letters,
        give=lambda row, taker, by, at: writing.give(row, taker, by=by, at=at),
        release=lambda row, by, at: writing.give(row, None, by=by, at=at),
    ),
)
