"""What one of ours is to do about an account: added, done, dropped, somebody else's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from keepwell.customers.models import Account
from keepwell.journal.recording import Actor
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.people import permits
from keepwell.people.models import User
from keepwell.success.signals.about import tell_task
from keepwell.success.signals.models import PlaybookRun, Task, TaskState
from keepwell.success.signals.queries import HANDLES
from keepwell.success.signals.refusals import SignalRefused
from keepwell.success.signals.steps import LONGEST_WORDS


@dataclass(frozen=True, kw_only=True)
class NewTask:
    """`owner` None: nobody's yet; `run` is what made it, None for one by hand."""

    words: str
    due_on: date
    owner: User | None = None
    run: PlaybookRun | None = None


@all_or_nothing()
def add_task(account: Account, new: NewTask, *, by: Actor, at: datetime | None = None) -> Task:
    """It is to be done. Effects: task.added. Errors: SignalRefused, NotPermitted."""
    permits.require(by, HANDLES)
    words = " ".join(new.words.replace("\x00", "").split())
    if not 0 < len(words) <= LONGEST_WORDS:
        raise SignalRefused(
            _("A task is said in 1 to %(most)s characters. Nothing was saved.") % {"most": LONGEST_WORDS}
        )
    _require_ours(new.owner)
    at = clock.instant(at)
    task = Task.objects.create(
        account=account, run=new.run, owner=new.owner, words=words, due_on=new.due_on, added_at=at
    )
    tell_task("task.added", task, by=by, at=at, due_on=new.due_on.isoformat())
    return task


@all_or_nothing()
def finish_task(task: Task, *, by: Actor, at: datetime | None = None) -> Task:
    """It is done; the same is no news. Effects: task.done."""
    return _settle(task, TaskState.DONE, "task.done", by=by, at=at)


@all_or_nothing()
def drop_task(task: Task, *, by: Actor, at: datetime | None = None) -> Task:
    """It is not done after all. Effects: task.dropped."""
    return _settle(task, TaskState.DROPPED, "task.dropped", by=by, at=at)


@all_or_nothing()
def reopen_task(task: Task, *, by: Actor, at: datetime | None = None) -> Task:
    """It is still to be done. Effects: task.reopened."""
    return _settle(task, TaskState.OPEN, "task.reopened", by=by, at=at)


@all_or_nothing()
def hand_over_task(task: Task, to: User | None, *, by: Actor, at: datetime | None = None) -> Task:
    """It is somebody else's; `to` None: it is let go, and nobody's. The same is no news.

    Effects: task.handed_over. Errors: SignalRefused for somebody who is not one of ours.
    """
    permits.require(by, HANDLES)
    _require_ours(to)
    lock(task)
    before = task.owner_id
    if before == (to.pk if to else None):
        return task
    task.owner = to
    task.save(update_fields=["owner"])
    owners = {"from_owner": before, "to_owner": task.owner_id}
    tell_task("task.handed_over", task, by=by, at=clock.instant(at), **owners)
    return task


@all_or_nothing()
def redact_task(task: Task, *, by: Actor, at: datetime | None = None) -> None:
    """Its words are gone for good. Effects: task.redacted, the first time."""
    permits.require(by, "message.redact")
    at = clock.instant(at)
    if Task.objects.filter(pk=task.pk, erased_at__isnull=True).update(words="", erased_at=at):
        tell_task("task.redacted", task, by=by, at=at)


def _settle(task: Task, state: TaskState, kind: str, *, by: Actor, at: datetime | None) -> Task:
    permits.require(by, HANDLES)
    lock(task)
    if task.state == state:
        return task
    at = clock.instant(at)
    task.state, task.settled_at = state, None if state is TaskState.OPEN else at
    task.save(update_fields=["state", "settled_at"])
    tell_task(kind, task, by=by, at=at)
    return task


def _require_ours(user: User | None) -> None:
    if user is not None and not user.is_staff_member:
        raise SignalRefused(_("%(name)s is not one of ours any more. Nothing was changed.") % {"name": user})
