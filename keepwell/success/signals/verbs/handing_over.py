"""Signals and tasks become somebody else's: one by one, or all that a person leaves behind."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from keepwell.journal.recording import Actor, caused_by
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.people import permits
from keepwell.people.models import User
from keepwell.success.signals.about import tell
from keepwell.success.signals.models import Signal, Task
from keepwell.success.signals.owning import Owners
from keepwell.success.signals.queries import HANDLES
from keepwell.success.signals.refusals import HasEnded, SignalRefused
from keepwell.success.signals.verbs.tasks import hand_over_task


@all_or_nothing()
def hand_over_signal(signal: Signal, to: User | None, *, by: Actor, at: datetime | None = None) -> Signal:
    """It is this one's from now on; `to` None: nobody's, and it waits among those without an owner.

    Effects: signal.handed_over; the same owner again is no news. Errors: HasEnded, SignalRefused for
    somebody who is not one of ours, NotPermitted.
    """
    permits.require(by, HANDLES)
    lock(signal)
    if not signal.is_open:
        raise HasEnded
    if to is not None and not to.is_staff_member:
        raise SignalRefused(_("%(name)s is not one of ours any more. Nothing was changed.") % {"name": to})
    before = signal.owner_id
    if before == (to.pk if to else None):
        return signal
    signal.owner = to
    signal.save(update_fields=["owner"])
    owners = {"from_owner": before, "to_owner": signal.owner_id}
    tell("signal.handed_over", signal, by=by, at=clock.instant(at), **owners)
    return signal


@all_or_nothing()
def release_signal(signal: Signal, *, by: Actor, at: datetime | None = None) -> Signal:
    """It is nobody's: it waits among those without an owner. Effects: signal.handed_over."""
    return hand_over_signal(signal, None, by=by, at=at)


@all_or_nothing()
def release_task(task: Task, *, by: Actor, at: datetime | None = None) -> Task:
    """It is nobody's. Effects: task.handed_over."""
    return hand_over_task(task, None, by=by, at=at)


@all_or_nothing()
def leave_all(user_id: int, *, by: Actor, at: datetime | None = None) -> None:
    """Whoever leaves owns nothing more: what is open goes to who looks after its account, else to nobody.

    Effects: signal.handed_over, task.handed_over.
    """
    signals = list(Signal.objects.still_open().filter(owner=user_id).order_by("pk"))
    tasks = list(Task.objects.still_open().filter(owner=user_id).order_by("pk"))
    accounts = {one.account_id for one in signals if one.account_id} | {one.account_id for one in tasks}
    _move(signals, tasks, Owners(accounts), by=by, at=at)


@all_or_nothing()
def follow_stewards(
    account_id: int, instead_of: int | None, *, by: Actor, at: datetime | None = None
) -> None:
    """Somebody else looks after the account: what is nobody's there, or was that one's before, follows.

    `instead_of` is who did before, None: nobody. Effects: signal.handed_over, task.handed_over.
    """
    left = [None] if instead_of is None else [None, instead_of]
    signals = [one for one in _open_signals(account_id) if one.owner_id in left]
    tasks = [one for one in _open_tasks(account_id) if one.owner_id in left]
    _move(signals, tasks, Owners([account_id]), by=by, at=at)


def _open_signals(account_id: int) -> list[Signal]:
    return list(Signal.objects.still_open().filter(account=account_id).order_by("pk"))


def _open_tasks(account_id: int) -> list[Task]:
    return list(Task.objects.still_open().filter(account=account_id).order_by("pk"))


def _move(
    signals: list[Signal], tasks: list[Task], owners: Owners, *, by: Actor, at: datetime | None
) -> None:
    with caused_by():
        for signal in signals:
            hand_over_signal(signal, owners.of(signal.account_id), by=by, at=at)
        for task in tasks:
            hand_over_task(task, owners.of(task.account_id), by=by, at=at)
