"""A miss is never erased: what stands of the clocks as they were known before the past was rewritten.

A contact entered later and a contact withdrawn both change what had happened. A clock that had been missed
when the entry was made stays missed (service levels, rule 2).
"""

from collections.abc import Iterable

from keepwell.service_levels import clock_state as states
from keepwell.service_levels.clock_facts import Fact
from keepwell.service_levels.clock_state import ClockState, Step
from keepwell.service_levels.terms import FOLLOW_UP


def keep_misses(
    clocks: Iterable[ClockState], before: Iterable[ClockState], rewriting: Fact
) -> tuple[ClockState, ...]:
    """The clocks after a fact that rewrites the past, with every miss known before it still in place.

    `before` are the clocks without that fact, as of the instant it was entered.
    """
    kept = {(clock.metric, clock.started_by): clock for clock in clocks}
    for old in before:
        if old.state != states.MISSED:
            continue
        key = (old.metric, old.started_by)
        now = kept.get(key)
        if now is None:
            kept[key] = _left_behind(old, rewriting)
        elif now.missed_at is None:
            kept[key] = _stopped_by_entry(old, rewriting)
    return _in_order(kept.values())


def _left_behind(old: ClockState, withdrawal: Fact) -> ClockState:
    step = _step(old, states.WITHDRAWAL_KEPT_MISS, withdrawal)
    return old._replace(ended_at=old.ended_at or withdrawal.known_at, steps=(*old.steps, step))


def _stopped_by_entry(old: ClockState, entry: Fact) -> ClockState:
    steps = (*old.steps, _step(old, states.LATE_ENTRY_KEPT_MISS, entry))
    if old.ended_at is not None:
        return old._replace(steps=steps)
    return old._replace(
        stopped_at=entry.known_at,
        stopped_by=entry.id,
        ended_at=entry.known_at,
        entered_later=True,
        steps=steps,
    )


def _step(old: ClockState, kind: str, fact: Fact) -> Step:
    return Step(
        fact.known_at,
        kind,
        fact.id,
        old.due_at,
        old.due_at,
        old.severity,
        old.allowance,
    )


def _in_order(clocks: Iterable[ClockState]) -> tuple[ClockState, ...]:
    others: list[ClockState] = []
    runs: list[ClockState] = []
    for clock in clocks:
        (runs if clock.metric == FOLLOW_UP else others).append(clock)
    runs.sort(key=lambda clock: clock.started_at)
    return (
        *others,
        *(clock._replace(run=run) for run, clock in enumerate(runs, start=1)),
    )
