"""What entries of signals, runs and tasks are about."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from keepwell.journal.recording import Actor, Subject, record
from keepwell.success.signals.models import PlaybookRun, Signal, Task


def subjects_of(signal: Signal) -> list[Subject]:
    """The signal, its account or source, the person it is about, and whose it is."""
    about: list[Subject] = [("signal", signal.pk)]
    if signal.account_id:
        about.append(("account", signal.account_id))
    if signal.source_id:
        about.append(("source", signal.source_id))
    if signal.contact_id:
        about.append(("contact", signal.contact_id))
    return [*about, ("person", signal.owner_id)] if signal.owner_id else about


def tell(kind: str, signal: Signal, /, *, by: Actor, at: datetime, **facts: Any) -> None:
    ids = {"signal": signal.pk, "rule": signal.rule_id}
    record(kind, by=by, at=at, subjects=subjects_of(signal), facts={**ids, **facts})


def tell_run(kind: str, run: PlaybookRun, /, *, by: Actor, at: datetime, **facts: Any) -> None:
    about = [("playbook_run", run.pk), ("playbook", run.playbook_id), *subjects_of(run.signal)]
    ids = {"playbook_run": run.pk, "playbook": run.playbook_id, "signal": run.signal_id}
    record(kind, by=by, at=at, subjects=about, facts={**ids, **facts})


def tell_task(kind: str, task: Task, /, *, by: Actor, at: datetime, **facts: Any) -> None:
    about: list[Subject] = [("task", task.pk), ("account", task.account_id)]
    if task.owner_id:
        about.append(("person", task.owner_id))
    record(kind, by=by, at=at, subjects=about, facts={"task": task.pk, **facts})
