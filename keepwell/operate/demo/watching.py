"""What the rules found at the customers of the demonstration in its last weeks, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time, timedelta

from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.people.models import User
from keepwell.success.signals.models import (
    Dismissal,
    Look,
    Mode,
    Playbook,
    PlaybookRun,
    RunState,
    Signal,
    Task,
)
from keepwell.success.signals.verbs.handling import acknowledge, dismiss, resolve, snooze
from keepwell.success.signals.verbs.looking import look_at_all
from keepwell.success.signals.verbs.running import run_playbook
from keepwell.success.signals.verbs.tasks import NewTask, add_task, finish_task

A_DAY = timedelta(days=1)
# Nights before the end; after each of them somebody deals with some of what is open.
NIGHTS = (21, 14, 7, 2, 0)
MEANT_TO_BE_SO = "Their crews are seasonal; it is like this every year."


@all_or_nothing()
def watch_over(ends_at: datetime) -> None:
    """The signals of the demonstration, so that the last night of them ends here; never twice."""
    # What happened lately was perhaps looked at already, before all was there.
    if Look.objects.filter(as_of__lte=ends_at).exists():
        return
    for days in NIGHTS:
        morning = ends_at - days * A_DAY
        look_at_all(as_of=datetime.combine(morning.date(), time(), UTC), at=morning)
        if days:
            _deal_with(morning + timedelta(hours=1))


def _deal_with(at: datetime) -> None:
    """Each owner goes through what is his: takes, puts off, dismisses, has a playbook run."""
    for number, signal in enumerate(Signal.objects.asking().filter(owner__isnull=False).order_by("pk")):
        if (deal := DEALS.get(number % 8)) and signal.owner is not None:
            deal(signal, signal.owner, at)
    for task in Task.objects.still_open().filter(owner__isnull=False, due_on__lt=at.date()).order_by("pk"):
        finish_task(task, by=task.owner, at=at)  # type: ignore[arg-type]


def _say_yes(signal: Signal, owner: User, at: datetime) -> None:
    run = PlaybookRun.objects.filter(signal=signal, state=RunState.WAITING).select_related("playbook").first()
    if run is not None:
        run_playbook(run.playbook, signal, by=owner, at=at)
        return
    if signal.account is not None and not Playbook.objects.filter(rule=signal.rule_id, mode=Mode.AUTOMATIC):
        words = "Ask how we can help"
        due_on = (at + 9 * A_DAY).date()
        add_task(signal.account, NewTask(words=words, due_on=due_on, owner=owner), by=owner, at=at)
    acknowledge(signal, by=owner, at=at)


DEALS: Mapping[int, Callable[[Signal, User, datetime], object]] = {
    1: lambda signal, owner, at: acknowledge(signal, by=owner, at=at),
    3: _say_yes,
    4: lambda signal, owner, at: resolve(signal, by=owner, at=at),
    5: lambda signal, owner, at: dismiss(signal, Dismissal.KNOWN, words=MEANT_TO_BE_SO, by=owner, at=at),
    6: lambda signal, owner, at: snooze(signal, at + 30 * A_DAY, by=owner, at=at),
    7: lambda signal, owner, at: dismiss(signal, Dismissal.NOT_TRUE, by=owner, at=at),
}
