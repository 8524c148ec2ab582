"""A playbook runs: tasks and proposals, once for each occurrence of a signal, and never a flood."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.conf import settings

from keepwell.calendars.queries import version_of_support_hours
from keepwell.customers.models import Account
from keepwell.journal.recording import Actor, caused_by
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.people import permits
from keepwell.people.actors import System
from keepwell.people.models import User
from keepwell.success.engagements.models import AHEAD, Engagement, Origin
from keepwell.success.engagements.new_engagement import NewEngagement
from keepwell.success.engagements.queries import HOLDS
from keepwell.success.engagements.verbs.beginning import begin
from keepwell.success.signals.about import tell_run
from keepwell.success.signals.due_days import working_days_after
from keepwell.success.signals.models import Mode, Playbook, PlaybookRun, RunState, Signal, WhyNot
from keepwell.success.signals.owning import Owners
from keepwell.success.signals.queries import HANDLES, WEEK, runs_at
from keepwell.success.signals.refusals import HasEnded, RanAlready
from keepwell.success.signals.steps import EngagementStep, Step, TaskStep
from keepwell.success.signals.verbs.tasks import NewTask, add_task

BY = System("playbooks")


@dataclass(frozen=True, kw_only=True)
class _Making:
    """What steps are made with: the run, its account, who looks after it, and days that are closed."""

    run: PlaybookRun
    account: Account
    owners: Owners
    today: date
    closed: Collection[date]


def begin_runs(signal: Signal, *, at: datetime) -> None:
    """What the playbooks of its rule do when a signal is opened; part of whatever opened it.

    Effects: playbook_run.asked, playbook_run.done or playbook_run.held_back for each.
    """
    if signal.account_id is None:
        return
    rows = Playbook.objects.filter(rule=signal.rule_id, switched_off_at__isnull=True)
    for playbook in rows.order_by("pk"):
        _begin(playbook, signal, at)


@all_or_nothing()
def run_playbook(playbook: Playbook, signal: Signal, *, by: User, at: datetime | None = None) -> PlaybookRun:
    """Somebody says yes to it, or has it run for a signal without waiting. Once for each signal.

    What it makes is the product's, not his. Effects: playbook_run.done, task.added, engagement.begun.
    Errors: RanAlready, HasEnded, NotPermitted.
    """
    permits.require(by, HANDLES)
    lock(signal)
    if not signal.is_open or signal.account_id is None:
        raise HasEnded
    if playbook.rule_id != signal.rule_id:
        raise ValueError(f"{playbook} is not tied to the rule of signal {signal.pk}")
    at = clock.instant(at)
    run = signal.runs.filter(playbook=playbook).first()
    if run is None:
        run = _new(playbook, signal, RunState.WAITING, at)
    elif not run.may_run:
        raise RanAlready
    run.by = by
    _do(run, by=by, at=at)
    return run


@all_or_nothing()
def decline_playbook(run: PlaybookRun, *, by: User, at: datetime | None = None) -> None:
    """It is not wanted for this signal. Effects: playbook_run.declined. Errors: RanAlready."""
    permits.require(by, HANDLES)
    lock(run.signal)
    run.refresh_from_db()
    if not run.may_run:
        raise RanAlready
    run.by = by
    _settle(run, RunState.DECLINED, clock.instant(at))
    tell_run("playbook_run.declined", run, by=by, at=clock.instant(at))


def _begin(playbook: Playbook, signal: Signal, at: datetime) -> None:
    assert signal.account_id is not None
    if playbook.mode == Mode.ASKS:
        run = _new(playbook, signal, RunState.WAITING, at)
        tell_run("playbook_run.asked", run, by=BY, at=at)
        return
    is_enough = runs_at(signal.account_id, since=at - WEEK) >= settings.KEEPWELL_PLAYBOOK_RUNS_A_WEEK
    run = _new(playbook, signal, RunState.WAITING, at)
    if is_enough:
        run.why_not = WhyNot.ENOUGH_THIS_WEEK
        _settle(run, RunState.HELD_BACK, at)
        tell_run("playbook_run.held_back", run, by=BY, at=at)
    else:
        _do(run, by=BY, at=at)


def _new(playbook: Playbook, signal: Signal, state: RunState, at: datetime) -> PlaybookRun:
    return PlaybookRun.objects.create(
        playbook=playbook, signal=signal, number=playbook.number, state=state, begun_at=at
    )


def _settle(run: PlaybookRun, state: RunState, at: datetime) -> None:
    run.state, run.settled_at = state, at
    run.save()


def _do(run: PlaybookRun, *, by: Actor, at: datetime) -> None:
    signal = run.signal
    account = signal.account
    assert account is not None
    making = _Making(
        run=run,
        account=account,
        owners=Owners([account.pk]),
        today=at.date(),
        closed=_closed_days(at),
    )
    with caused_by():
        made = [_step(step, making, at) for step in run.playbook.all_steps]
        run.outcome = [{"step": number, **one} for number, one in enumerate(made)]
        run.why_not = ""
        run.number = run.playbook.number
        _settle(run, RunState.DONE, at)
        # What ran by itself is nothing that anybody did about it.
        if run.by_id is not None and signal.acted_on_at is None:
            signal.acted_on_at = at
            signal.save(update_fields=["acted_on_at"])
        count = sum(one["made"] is not None for one in made)
        tell_run("playbook_run.done", run, by=by, at=at, made=count, not_made=len(made) - count)


def _step(step: Step, making: _Making, at: datetime) -> dict[str, Any]:
    due_on = working_days_after(making.today, step.days, making.closed)
    if isinstance(step, TaskStep):
        owner = making.owners.of(making.account.pk, step.whose)
        new = NewTask(words=str(step.words), due_on=due_on, owner=owner, run=making.run)
        return {"made": "task", "id": add_task(making.account, new, by=BY, at=at).pk, "why_not": ""}
    return _propose(step, making, due_on, at)


def _propose(step: EngagementStep, making: _Making, wanted_on: date, at: datetime) -> dict[str, Any]:
    # Two playbooks at once would each see none of the kind.
    lock(making.account)
    ahead = Engagement.objects.filter(account=making.account, kind=step.kind, state__in=AHEAD)
    if known := ahead.order_by("pk").first():
        return {"made": None, "id": known.pk, "why_not": WhyNot.ONE_IS_AHEAD.value}
    owner = making.owners.of(making.account.pk)
    new = NewEngagement(
        kind=step.kind,
        origin=Origin.PLAYBOOK,
        origin_id=making.run.pk,
        host=owner if owner is not None and permits.may(owner, HOLDS) else None,
        wanted_on=wanted_on,
        lasts_minutes=step.minutes,
    )
    return {"made": "engagement", "id": begin(making.account, new, by=BY, at=at).pk, "why_not": ""}


def _closed_days(at: datetime) -> set[date]:
    """Days on which the support hours are closed all day by exception: the vendor's holidays."""
    version = version_of_support_hours(at)
    exceptions = version.mapping["exceptions"] if version else {}
    return {date.fromisoformat(on) for on, hours in exceptions.items() if not hours}
