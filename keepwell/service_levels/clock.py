"""One clock while its case is replayed: how it starts, pauses, changes and ends, to the second.

Pure and mutable: the replay makes it, moves it forward in time with `settle`, and takes a `ClockState` at
the end. Every due is kept twice: as it is, and without pauses ("free"). While paused, `due` holds the due
as it stood when the pause began. Source: design "Service levels", Pause and rules 2 to 5.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from keepwell.calendars.working_time import WorkingTime
from keepwell.service_levels import clock_state as states
from keepwell.service_levels.clock_facts import Carried, Fact, Span
from keepwell.service_levels.clock_state import ClockState, Step
from keepwell.service_levels.terms import Allowance, Terms


class Clock:
    """One commitment running on one case."""

    __slots__ = (
        "_measure",
        "_put_off",
        "_spans",
        "_spans_from",
        "_steps",
        "allowance",
        "due",
        "ended_at",
        "entered_later",
        "free_due",
        "is_corrected",
        "metric",
        "missed_at",
        "paused_at",
        "run",
        "severity",
        "started_at",
        "started_by",
        "stopped_at",
        "stopped_by",
        "terms",
        "void_by",
        "void_reason",
    )

    def __init__(
        self,
        *,
        metric: str,
        run: int,
        terms: Terms,
        commitment: tuple[str, Allowance],
        fact: Fact,
    ) -> None:
        """Start at the moment of a fact, under the terms in force then."""
        self.metric, self.run, self.terms = metric, run, terms
        self.severity, self.allowance = commitment
        self.started_at, self.started_by = fact.at, fact.id
        self._measure: WorkingTime = terms.working_time
        self.due: datetime = self._measure.due(fact.at, self.allowance.amount, self.allowance.unit)
        self.free_due = self.due
        self.paused_at: datetime | None = None
        self.missed_at: datetime | None = None
        self.stopped_at: datetime | None = None
        self.ended_at: datetime | None = None
        self.stopped_by: Any = None
        self.void_by: Any = None
        self.void_reason: str | None = None
        self.is_corrected = False
        self.entered_later = fact.is_entered_later
        self._spans: tuple[Span, ...] = ()
        self._spans_from: datetime | None = None
        self._put_off: list[Callable[[datetime], None]] = []
        self._steps: list[Step] = [
            Step(
                fact.at,
                states.STARTED,
                fact.id,
                None,
                self.due,
                self.severity,
                self.allowance,
            )
        ]

    @property
    def is_open(self) -> bool:
        """Whether something can still stop it; a missed clock stays open until then."""
        return self.ended_at is None

    @property
    def is_undecided(self) -> bool:
        """Running or paused. Ask after `settle` only: the due may have passed since."""
        return self.ended_at is None and self.missed_at is None

    def settle(self, at: datetime) -> None:
        """Let time pass up to an instant: a due that lies before it is missed for good."""
        if self.due < at and self.paused_at is None and self.is_undecided:
            self.missed_at = self.due
            self._step(self.due, states.DUE_PASSED, None, self.due)

    def pause(self, fact: Fact) -> None:
        """Stand still from now on; at or after the due this changes nothing."""
        if fact.at >= self.due:
            self._step(fact.at, states.PAUSE_TOO_LATE, fact.id, self.due)
            return
        self.paused_at = fact.at
        self._step(fact.at, states.PAUSE_BEGAN, fact.id, self.due)

    def end_pause(self, fact: Fact) -> None:
        """Run on with what remained, then make the changes that waited for this moment, in their order."""
        if self.paused_at is None:
            return
        before, began, at = self.due, self.paused_at, fact.at
        self.due = self._measure.resume(began, at, before, self.allowance.unit)
        self.paused_at = None
        self._spans += ((max(began, self._spans_from) if self._spans_from else began, at),)
        self._step(at, states.PAUSE_ENDED, fact.id, before)
        changes, self._put_off = self._put_off, []
        for change in changes:
            change(at)

    def raise_to(self, severity: str, allowance: Allowance, fact: Fact) -> None:
        """Belong to a higher severity; the due comes nearer or stays."""
        self.severity = severity
        if fact.at <= self.free_due:
            self.free_due = min(self.free_due, self._due_from(fact.at, allowance))
        self._change(partial(self._shorten, allowance, fact.id), fact)

    def correct_to(self, severity: str, allowance: Allowance, fact: Fact) -> None:
        """Belong to the severity it should have had from the start; the due goes out or stays."""
        self.severity, self.is_corrected = severity, True
        if fact.at <= self.free_due:
            self.free_due = max(self.free_due, self._due_from(self.started_at, allowance))
        self._change(partial(self._lengthen, allowance, fact.id), fact)

    def keep_promise(self, fact: Fact) -> None:
        """Note that the severity was lowered and this clock keeps its due and population."""
        self._step(fact.at, states.SEVERITY_LOWERED, fact.id, self.due)

    def take_over(self, other: Carried, fact: Fact, terms: Terms) -> None:
        """Take the older start and the earlier due of a merged case's clock, whose terms these are."""
        if fact.at <= self.free_due:
            self.free_due = min(self.free_due, other.due_without_pauses)
        if other.started_at < self.started_at:
            self.started_at, self.terms = other.started_at, terms
            self._spans, self._spans_from = other.pauses, fact.at
        self._change(partial(self._merge, other, fact, terms.working_time), fact)

    def stop(self, fact: Fact) -> None:
        """Stop at a contact or resolution: met unless the due has passed. Ends a pause first."""
        self.end_pause(fact)
        self.stopped_at, self.stopped_by = fact.at, fact.id
        self.ended_at = fact.at
        self.entered_later = self.entered_later or fact.is_entered_later
        self._step(fact.at, states.STOPPED, fact.id, self.due)

    def reopen(self, fact: Fact) -> None:
        """Undo the stop by a resolution; the time it stood resolved is a pause unless the due was missed."""
        if self.void_reason is not None or self.stopped_at is None:
            return
        resolved_at = self.stopped_at
        self.stopped_at = self.stopped_by = self.ended_at = None
        stood_still = self.missed_at is None and resolved_at < self.due
        if not stood_still:
            self.settle(fact.at)
        self._step(fact.at, states.REOPENED, fact.id, self.due)
        if stood_still:
            self.paused_at = resolved_at
            self.end_pause(fact)

    def end(self, reason: str, fact: Fact) -> None:
        """Cease without a stop: void where undecided, left as it is where missed."""
        self.end_pause(fact)
        self.ended_at = fact.at
        if self.missed_at is not None:
            self._step(fact.at, states.ENDED, fact.id, self.due)
            return
        self.void_reason, self.void_by = reason, fact.id
        self._step(fact.at, states.VOIDED, fact.id, self.due)

    def note(self, kind: str, fact: Fact) -> None:
        """Add a line to its timeline that moves nothing."""
        self._step(fact.at, kind, fact.id, self.due)

    def state(self) -> ClockState:
        """The clock as it stands, as a value."""
        is_paused = self.paused_at is not None
        return ClockState(
            metric=self.metric,
            severity=self.severity,
            run=self.run,
            started_at=self.started_at,
            started_by=self.started_by,
            due_at=None if is_paused else self.due,
            due_kept=self.due if is_paused else None,
            due_without_pauses=self.free_due,
            state=self._state_name(),
            missed_at=self.missed_at,
            stopped_at=self.stopped_at,
            stopped_by=self.stopped_by,
            ended_at=self.ended_at,
            paused_at=self.paused_at,
            pauses=self._spans,
            terms=self.terms.key,
            allowance=self.allowance,
            void_reason=self.void_reason,
            void_by=self.void_by,
            is_corrected=self.is_corrected,
            entered_later=self.entered_later,
            steps=tuple(self._steps),
        )

    def _state_name(self) -> str:
        if self.void_reason is not None:
            return states.VOID
        if self.missed_at is not None:
            return states.MISSED
        if self.stopped_at is not None:
            return states.MET
        return states.RUNNING if self.paused_at is None else states.PAUSED

    def _change(self, change: Callable[[datetime], None], fact: Fact) -> None:
        if self.paused_at is None:
            change(fact.at)
            return
        self._put_off.append(change)
        self._step(fact.at, states.CHANGE_PUT_OFF, fact.id, self.due)

    def _shorten(self, allowance: Allowance, fact_id: Any, at: datetime) -> None:
        before, due = self.due, self._due_from(at, allowance)
        if due < before:
            self._set(due, allowance, self.terms.working_time)
        self._step(at, states.SEVERITY_RAISED, fact_id, before)

    def _lengthen(self, allowance: Allowance, fact_id: Any, at: datetime) -> None:
        before, due = self.due, self._due_from(self.started_at, allowance)
        for began, ended in self._spans:
            if began < due:
                due = self.terms.working_time.resume(began, ended, due, allowance.unit)
        if due > before:
            self._set(due, allowance, self.terms.working_time)
        self._step(at, states.SEVERITY_CORRECTED, fact_id, before)

    def _merge(self, other: Carried, fact: Fact, measure: WorkingTime, at: datetime) -> None:
        before, due = self.due, other.due_at
        if fact.at < min(at, due):
            due = measure.resume(fact.at, at, due, other.allowance.unit)
        if due < before:
            self._set(due, other.allowance, measure)
        self._step(at, states.MERGE_TAKEN_OVER, fact.id, before)

    def _due_from(self, start: datetime, allowance: Allowance) -> datetime:
        return self.terms.working_time.due(start, allowance.amount, allowance.unit)

    def _set(self, due: datetime, allowance: Allowance, measure: WorkingTime) -> None:
        self.due, self.allowance, self._measure = due, allowance, measure

    def _step(self, at: datetime, kind: str, fact_id: Any, before: datetime) -> None:
        after = None if self.paused_at is not None else self.due
        self._steps.append(Step(at, kind, fact_id, before, after, self.severity, self.allowance))
