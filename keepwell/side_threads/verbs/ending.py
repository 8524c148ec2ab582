"""A side thread has done its work, or goes on after all."""

from __future__ import annotations

from datetime import datetime

from keepwell.journal.recording import Actor, record
from keepwell.kit import clock
from keepwell.kit.all_or_nothing import all_or_nothing
from keepwell.kit.locking import lock
from keepwell.people import permits
from keepwell.side_threads.about import subjects_of
from keepwell.side_threads.models import SideState, SideThread
from keepwell.side_threads.verbs.beginning import PERMIT
from keepwell.side_threads.writing import stand


@all_or_nothing()
def end(thread: SideThread, *, by: Actor, at: datetime | None = None) -> SideThread:
    """Nothing is expected any more; nobody outside is told. Done twice it does nothing more.

    Effects: side_thread.ended.
    """
    permits.require(by, PERMIT)
    lock(thread)
    if not thread.is_ended:
        _stand(thread, SideState.ENDED, "side_thread.ended", by=by, at=clock.instant(at))
    return thread


@all_or_nothing()
def reopen(thread: SideThread, *, by: Actor, at: datetime | None = None) -> SideThread:
    """It is open again, and can be written in. Effects: side_thread.reopened."""
    permits.require(by, PERMIT)
    lock(thread)
    if thread.is_ended:
        _stand(thread, SideState.OPEN, "side_thread.reopened", by=by, at=clock.instant(at))
    return thread


def _stand(thread: SideThread, state: SideState, kind: str, *, by: Actor, at: datetime) -> None:
    stand(thread, state, at)
    record(kind, by=by, at=at, subjects=subjects_of(thread), facts={"side_thread": thread.pk})
