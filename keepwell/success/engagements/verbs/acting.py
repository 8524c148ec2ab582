"""What is to be done after an engagement, by whom, until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from keepwell.conversations.authors import contact_id_of
from keepwell.journal.recording import Actor, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.people import permits
from keepwell.success.engagements.about import subjects_of_action
from keepwell.success.engagements.checking import cleaned
from keepwell.success.engagements.models import Action, ActionState, Engagement, Side
from keepwell.success.engagements.queries import HOLDS
from keepwell.success.engagements.refusals import EngagementRefused, NothingWritten, NotOfThisAccount

if TYPE_CHECKING:
    from keepwell.customers.models import Contact
    from keepwell.people.models import User

LONGEST, A_DAY = 500, timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class NewAction:
    """What somebody does until a day: one of ours, a contact, or only a side where nobody is named."""

    what: str
    due_on: date
    side: str = Side.OURS
    user: User | None = None
    contact: Contact | None = None


@all_or_nothing()
def add_action(engagement: Engagement, new: NewAction, *, by: Actor, at: datetime | None = None) -> Action:
    """This is to be done; both sides read it. Written twice by a double click it is one.

    Effects: engagement_action.added. Errors: NothingWritten, NotOfThisAccount, NotPermitted;
    EngagementRefused for a day that has passed everywhere.
    """
    permits.require(by, HOLDS)
    what, side = " ".join(cleaned(new.what).split())[:LONGEST], Side(new.side)
    if not what:
        raise NothingWritten
    at = clock.instant(at)
    if new.due_on < at.date() - A_DAY:
        raise EngagementRefused(_("That day has passed. Nothing was added."))
    _require_of_its_side(new, side, engagement)
    lock(engagement)
    same = {"what": what, "due_on": new.due_on, "side": side, "user": new.user, "contact": new.contact}
    if known := engagement.actions.still_open().filter(**same).first():
        return known
    action = Action.objects.create(engagement=engagement, added_at=at, **same)
    facts = {"side": side.value, "due_on": new.due_on.isoformat()}
    _record("engagement_action.added", action, by=by, at=action.added_at, **facts)
    return action


@all_or_nothing()
def finish_action(action: Action, *, by: Any, at: datetime | None = None) -> Action:
    """It is done. Customers say so of theirs. Effects: engagement_action.done. Errors: NotPermitted."""
    return _settle(action, ActionState.DONE, "engagement_action.done", by=by, at=at)


@all_or_nothing()
def drop_action(action: Action, *, by: Actor, at: datetime | None = None) -> Action:
    """It is not done after all. Effects: engagement_action.dropped. Errors: NotPermitted."""
    permits.require(by, HOLDS)
    return _settle(action, ActionState.DROPPED, "engagement_action.dropped", by=by, at=at)


@all_or_nothing()
def reopen_action(action: Action, *, by: Any, at: datetime | None = None) -> Action:
    """It is still to be done. Effects: engagement_action.reopened. Errors: NotPermitted."""
    return _settle(action, ActionState.OPEN, "engagement_action.reopened", by=by, at=at)


@all_or_nothing()
def move_action(action: Action, *, by: Actor, at: datetime | None = None) -> Action:
    """It goes on as an action of the road map, for whoever puts it there. Effects: engagement_action.moved.

    Errors: EngagementRefused where it is settled already; NotPermitted.
    """
    permits.require(by, HOLDS)
    lock(action)
    if action.state != ActionState.OPEN:
        raise EngagementRefused(_("It is settled already. Nothing was changed."))
    return _settle(action, ActionState.MOVED, "engagement_action.moved", by=by, at=at)


@all_or_nothing()
def give_action(action: Action, user: User | None, *, by: Actor, at: datetime | None = None) -> Action:
    """Somebody else of ours does it, or None: nobody yet. The same person again is no news.

    Effects: engagement_action.given. Errors: NotOfThisAccount for theirs, or nobody of ours; NotPermitted.
    """
    permits.require(by, HOLDS)
    if action.side != Side.OURS or (user is not None and not user.is_staff_member):
        raise NotOfThisAccount
    lock(action)
    new = user.pk if user else None
    if action.user_id != new:
        action.user = user
        action.save(update_fields=["user"])
        facts = {"person": new}
        _record("engagement_action.given", action, by=by, at=clock.instant(at), **facts)
    return action


def _settle(action: Action, state: ActionState, kind: str, *, by: Any, at: datetime | None) -> Action:
    _require_may_settle(action, by)
    lock(action)
    if action.state == state:
        return action
    if action.state == ActionState.MOVED:
        raise EngagementRefused(_("It goes on as an action of the road map. Nothing was changed here."))
    at = clock.instant(at)
    action.state, action.settled_at = state, None if state is ActionState.OPEN else at
    action.save(update_fields=["state", "settled_at"])
    _record(kind, action, by=by, at=at)
    return action


def _require_may_settle(action: Action, by: Any) -> None:
    """Ours is settled by whoever of ours has it or holds engagements; theirs also by them."""
    is_theirs = action.side == Side.THEIRS and contact_id_of(by) is not None
    is_own = action.user_id is not None and by.actor_ref == ("person", action.user_id)
    permits.require(by, "engagement.take_part" if is_theirs or is_own else HOLDS)


def _require_of_its_side(new: NewAction, side: Side, engagement: Engagement) -> None:
    is_wrong_user = new.user is not None and (side is not Side.OURS or not new.user.is_staff_member)
    contact = new.contact
    is_wrong_contact = contact is not None and (
        side is not Side.THEIRS or contact.account_id != engagement.account_id
    )
    if is_wrong_user or is_wrong_contact:
        raise NotOfThisAccount


def _record(kind: str, action: Action, *, by: Actor, at: datetime, **facts: Any) -> None:
    told = {"engagement": action.engagement_id, "action": action.pk, **facts}
    record(kind, by=by, at=at, subjects=subjects_of_action(action), facts=told)
