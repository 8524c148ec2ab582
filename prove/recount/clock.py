"""One promise running on one case, told again. Imports nothing from keepwell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from prove.recount.hours import Hours

GRAVE = {"low": 0, "normal": 1, "high": 2}
BEYOND = 1.0 + 1e-12


class Terms(NamedTuple):
    """What holds from an instant on: a version of a policy with a version of its calendar.

    promised: (metric, severity or any) -> (amount, unit).
    """

    policy: int
    promised: dict[tuple[str, str], tuple[float, str]]
    pausing: frozenset[str]
    hours: Hours

    def for_case(self, metric: str, severity: str) -> tuple[str, tuple[float, str]] | None:
        for population in (severity, "any"):
            if (metric, population) in self.promised:
                return population, self.promised[metric, population]
        return None


class Measure(NamedTuple):
    """In which time a due was set, and is counted."""

    unit: str
    hours: Hours

    def between(self, start: int, end: int) -> int:
        if self.unit == "hours":
            return max(end - start, 0)
        return self.hours.between(start, end)

    def resumed(self, paused: int, resumed: int, due: int) -> int:
        """The due once a pause is over: what remained of it, laid down again from there."""
        if paused >= due or resumed <= paused:
            return due
        left = self.between(paused, due)
        if self.unit == "hours":
            return resumed + left
        return max(self.hours.after(resumed, left), due)


class Used(NamedTuple):
    """Parts of the allowance, 1 the due; the second as if the clock had never stood still."""

    part: float
    freely: float


@dataclass(kw_only=True)
class Clock:
    """Undecided until `missed` (its due then) or `ended` is told; `stopped`: by a contact or resolution."""

    metric: str
    severity: str
    started: int
    started_by: Any
    terms: Terms
    due: int
    measure: Measure
    free_due: int
    missed: int | None = None
    stopped: int | None = None
    ended: int | None = None
    void: str = ""
    paused: int | None = None
    pauses: list[tuple[int, int]] = field(default_factory=list)
    waiting: list[Callable[[int], None]] = field(default_factory=list)
    floor: int = 0
    corrected: bool = False
    entered_later: bool = False

    @property
    def key(self) -> tuple[str, Any]:
        return self.metric, self.started_by

    @property
    def is_undecided(self) -> bool:
        return self.missed is None and self.ended is None

    @property
    def state(self) -> str:
        if self.void:
            return "void"
        if self.missed is not None:
            return "missed"
        return "met" if self.stopped is not None else "undecided"

    def until(self, at: int) -> None:
        """Time has come so far: a due that has passed is missed for good."""
        if self.is_undecided and self.paused is None and at > self.due:
            self.missed = self.due

    def pause(self, at: int) -> None:
        can = self.metric in self.terms.pausing and self.metric != "initial_contact"
        if can and self.is_undecided and self.paused is None and at < self.due:
            self.paused = at

    def resume(self, at: int) -> None:
        if self.paused is None or self.ended is not None:
            return
        self.due = self.measure.resumed(self.paused, at, self.due)
        self.pauses = [*self.pauses, (max(self.paused, self.floor), at)]
        self.paused, changes, self.waiting = None, self.waiting, []
        for change in changes:
            change(at)

    def stop(self, at: int) -> None:
        if self.ended is None:
            self.resume(at)
            self.stopped = self.ended = at

    def end(self, at: int, reason: str) -> None:
        """It ends without being kept: void unless it was missed before."""
        if self.ended is None:
            self.resume(at)
            self.void = "" if self.missed is not None else reason
            self.ended = at

    def reopen(self, at: int) -> None:
        """The resolution did not happen; the time it stood resolved is a pause."""
        since, self.stopped, self.ended = self.stopped, None, None
        if self.missed is None and since is not None and since < self.due:
            self.paused = since
            self.resume(at)

    def raised(self, at: int, to: str) -> None:
        promised = self._promised(to)
        if promised is None or GRAVE[self.severity] >= GRAVE[to]:
            return
        self.severity = to
        self._set_free(at, min, self.terms.hours.due(at, *promised))
        self._when_running(
            at, lambda then: self._take(min, self.terms.hours.due(then, *promised), promised[1])
        )

    def lowered_as_wrong(self, at: int, to: str) -> None:
        promised = self._promised(to)
        if promised is None:
            return
        self.severity, self.corrected = to, True
        self._set_free(at, max, self.terms.hours.due(self.started, *promised))
        self._when_running(at, lambda _then: self._take(max, self._from_start(promised), promised[1]))

    def absorb(self, at: int, other: Clock) -> None:
        """An undecided clock of a merged case: the older start, and the earlier due."""
        if not self.is_undecided:
            return
        self._set_free(at, min, other.free_due)
        if other.started < self.started:
            self.started, self.terms, self.pauses, self.floor = other.started, other.terms, other.pauses, at

        def earlier(then: int) -> None:
            due = other.measure.resumed(at, then, other.due)
            if due < self.due:
                self.due, self.measure = due, other.measure

        self._when_running(at, earlier)

    def used(self, at: int) -> Used:
        """As of an instant up to which it was watched."""
        until = at if self.ended is None else self.ended
        allowed = self.measure.between(self.started, self.due) - self._paused_until(self.due)
        stood = self.paused if self.paused is not None else until
        spent = self.measure.between(self.started, stood) - self._paused_until(self.ended)
        freely = self.measure.between(self.started, until)
        free_allowed = self.measure.between(self.started, self.free_due)
        return Used(
            _part(spent, allowed, self.missed is not None), _part(freely, free_allowed, until > self.free_due)
        )

    def _paused_until(self, end: int | None) -> int:
        spans = [(max(a, self.started), b if end is None else min(b, end)) for a, b in self.pauses]
        return sum(self.measure.between(a, b) for a, b in spans)

    def _promised(self, severity: str) -> tuple[float, str] | None:
        is_touched = self.is_undecided and self.severity != "any"
        return self.terms.promised.get((self.metric, severity)) if is_touched else None

    def _set_free(self, at: int, better: Callable[[int, int], int], due: int) -> None:
        """The due without pauses moves at the change's own moment, unless it has passed."""
        if at <= self.free_due:
            self.free_due = better(self.free_due, due)

    def _when_running(self, at: int, change: Callable[[int], None]) -> None:
        if self.paused is None:
            change(at)
        else:
            self.waiting.append(change)

    def _take(self, better: Callable[[int, int], int], due: int, unit: str) -> None:
        if better(self.due, due) != self.due:
            self.due, self.measure = due, Measure(unit, self.terms.hours)

    def _from_start(self, promised: tuple[float, str]) -> int:
        """Under another allowance from its start, with the pauses it had taken off."""
        due = self.terms.hours.due(self.started, *promised)
        measure = Measure(promised[1], self.terms.hours)
        for begins, ends in self.pauses:
            due = measure.resumed(begins, ends, due)
        return due


def _part(spent: int, allowed: int, is_late: bool) -> float:
    if allowed <= 0:
        return float("inf") if is_late else 1.0
    return max(spent / allowed, BEYOND) if is_late else min(spent / allowed, 1.0)
