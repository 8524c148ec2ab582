"""A clock as it stands at an instant, and the steps that brought it there. Values only."""

from datetime import datetime
from typing import Any, NamedTuple

from keepwell.service_levels.clock_facts import Span
from keepwell.service_levels.terms import Allowance

RUNNING = "running"
PAUSED = "paused"
MET = "met"
MISSED = "missed"
VOID = "void"
STATES = (RUNNING, PAUSED, MET, MISSED, VOID)

# What a step may be; why.py has the words.
STARTED = "started"
PAUSE_BEGAN = "pause_began"
PAUSE_TOO_LATE = "pause_too_late"
PAUSE_ENDED = "pause_ended"
SEVERITY_RAISED = "severity_raised"
SEVERITY_LOWERED = "severity_lowered"
SEVERITY_CORRECTED = "severity_corrected"
CHANGE_PUT_OFF = "change_put_off"
MERGE_TAKEN_OVER = "merge_taken_over"
DUE_PASSED = "due_passed"
STOPPED = "stopped"
REOPENED = "reopened"
VOIDED = "voided"
ENDED = "ended"
CONTACT_UNDELIVERED = "contact_undelivered"
LATE_ENTRY_KEPT_MISS = "late_entry_kept_miss"
WITHDRAWAL_KEPT_MISS = "withdrawal_kept_miss"
STEPS = (
    STARTED,
    PAUSE_BEGAN,
    PAUSE_TOO_LATE,
    PAUSE_ENDED,
    SEVERITY_RAISED,
    SEVERITY_LOWERED,
    SEVERITY_CORRECTED,
    CHANGE_PUT_OFF,
    MERGE_TAKEN_OVER,
    DUE_PASSED,
    STOPPED,
    REOPENED,
    VOIDED,
    ENDED,
    CONTACT_UNDELIVERED,
    LATE_ENTRY_KEPT_MISS,
    WITHDRAWAL_KEPT_MISS,
)

BY_SPAM = "spam"
BY_MERGE = "merged"
BY_CUSTOMER = "withdrawn"
VOID_REASONS = (BY_SPAM, BY_MERGE, BY_CUSTOMER)


class Step(NamedTuple):
    """One line of "why this deadline".

    `fact` is the id of the entry behind it, None when time alone did it. `due_before` is None at the start,
    `due_after` while paused. `severity` and `allowance` are those of the clock after the step.
    """

    at: datetime
    kind: str
    fact: Any
    due_before: datetime | None
    due_after: datetime | None
    severity: str
    allowance: Allowance


class ClockState(NamedTuple):
    """One commitment on one case, as of an instant.

    started_by: id of the fact that started it; (metric, started_by) names a clock within its case for good.
    run: 1 for all metrics but follow-up, whose runs are numbered in order of their start.
    due_at: None while paused; `due_kept` is then the due as it stood when the pause began.
    missed_at: the due that passed, also of a void clock that had been missed before.
    stopped_at: when it was stopped; a missed clock without it is still open unless `ended_at` is set.
    ended_at: when it ceased to be open: stopped, void, or left behind by a merge or a withdrawal.
    pauses: the ended spans in order, times resolved included; `paused_at` begins the present one.
    terms: key of the versions it keeps; allowance: the one that set the due, whose unit is the measure.
    is_corrected: a severity correction touched it.
    entered_later: a contact entered by hand started or stopped it.
    """

    metric: str
    severity: str
    run: int
    started_at: datetime
    started_by: Any
    due_at: datetime | None
    due_kept: datetime | None
    due_without_pauses: datetime
    state: str
    missed_at: datetime | None
    stopped_at: datetime | None
    stopped_by: Any
    ended_at: datetime | None
    paused_at: datetime | None
    pauses: tuple[Span, ...]
    terms: Any
    allowance: Allowance
    void_reason: str | None
    void_by: Any
    is_corrected: bool
    entered_later: bool
    steps: tuple[Step, ...]

    @property
    def is_open(self) -> bool:
        """Whether a contact or resolution could still stop it; a missed clock stays open until then."""
        return self.ended_at is None

    @property
    def is_decided(self) -> bool:
        """Met, missed or void: the promise can no longer be kept or broken."""
        return self.state in (MET, MISSED, VOID)
