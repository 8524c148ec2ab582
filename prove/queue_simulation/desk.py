"""One desk at work: cases come, specialists on shift turn to what is chosen for them, customers answer."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from prove.queue_simulation.clocks import ANY, FIRST, NEXT, SOLVED, Clocks
from prove.queue_simulation.draws import HOURS, Drawn, Rules, begin_of, instant, weeks_of

COMES, READY, FREE, BEGINS = "comes", "ready", "free", "begins"
Chooser = Callable[["Desk", NDArray[np.int64], int], int]


@dataclass(kw_only=True, eq=False)
class Desk:
    """Everything that is known of the desk at an instant; `choose` says which case a free specialist takes.

    waiting: which cases somebody could work on now. touch: how many touches each has had.
    """

    rules: Rules
    cases: Sequence[Drawn]
    choose: Chooser
    clocks: Clocks = field(init=False)
    waiting: NDArray[np.bool_] = field(init=False)
    touch: NDArray[np.int64] = field(init=False)
    severity: NDArray[np.int64] = field(init=False)
    asked_at: dict[int, int] = field(default_factory=dict)
    until: list[int] = field(init=False)
    is_busy: list[bool] = field(init=False)
    events: list[tuple[int, int, str, int]] = field(default_factory=list)
    silences: list[tuple[int, float, int]] = field(default_factory=list)
    _next: int = 0

    def __post_init__(self) -> None:
        number = len(self.cases)
        self.clocks = Clocks(cases=number)
        self.waiting = np.zeros(number, dtype=bool)
        self.touch = np.zeros(number, dtype=np.int64)
        self.severity = np.array([case.severity for case in self.cases], dtype=np.int64)
        specialists = self.rules["desk"]["specialists"]
        self.until, self.is_busy = [0] * specialists, [False] * specialists
        for number, case in enumerate(self.cases):
            self._expect(case.at, COMES, number)
        for at, ends, specialist in _shifts(self.rules):
            self._expect(at, BEGINS, specialist * 10**11 + ends)

    def run(self, until: int) -> None:
        """Goes on to an instant."""
        while self.events and self.events[0][0] < until:
            at = self.events[0][0]
            while self.events and self.events[0][0] == at:
                _at, _order, what, which = heapq.heappop(self.events)
                self._happens(what, which, at)
            self._give_out(at)

    def _expect(self, at: int, what: str, which: int) -> None:
        self._next += 1
        heapq.heappush(self.events, (at, self._next, what, which))

    def _happens(self, what: str, which: int, at: int) -> None:
        if what == COMES:
            self._open(which, at)
        elif what == READY:
            self._ready(which, at)
        elif what == BEGINS:
            self.until[which // 10**11] = which % 10**11
        else:
            specialist, case = divmod(which, 10**6)
            self.is_busy[specialist] = False
            self._answer(case, at)

    def _open(self, case: int, at: int) -> None:
        drawn = self.cases[case]
        for metric in (NEXT if drawn.is_live else FIRST, SOLVED, ANY):
            self.clocks.start(case, metric, drawn.severity, at)
        if drawn.is_live:
            self.clocks.start(case, FIRST, drawn.severity, at)
            self.clocks.stop(case, FIRST, at)
        self.waiting[case] = True

    def _ready(self, case: int, at: int) -> None:
        if case in self.asked_at:
            self.clocks.resume(case, self.asked_at.pop(case), at)
        self.waiting[case] = True

    def _give_out(self, at: int) -> None:
        for specialist, is_busy in enumerate(self.is_busy):
            if is_busy or at >= self.until[specialist]:
                continue
            ready = np.flatnonzero(self.waiting)
            if ready.size == 0:
                return
            case = self.choose(self, ready, at)
            self.waiting[case] = False
            self.is_busy[specialist] = True
            lasts = self.cases[case].touches[self.touch[case]]
            self._expect(at + lasts, FREE, specialist * 10**6 + case)

    def _answer(self, case: int, at: int) -> None:
        """Work on it ends with words to the customer."""
        drawn, number = self.cases[case], int(self.touch[case])
        self.touch[case] += 1
        self._note_silence(case, at)
        self.clocks.stop(case, FIRST, at)
        self.clocks.stop(case, NEXT, at)
        if number + 1 == len(drawn.touches):
            self.clocks.stop(case, SOLVED, at)
            self.clocks.stop(case, ANY, at)
            return
        self.clocks.start(case, NEXT, drawn.severity, at)
        if number == drawn.asked:
            self.asked_at[case] = at
            self._expect(at + drawn.answer, READY, case)
        else:
            rested = HOURS.add_remaining(instant(at), drawn.rests[number], "business_hours")
            self._expect(max(int(rested.timestamp()), at + 1), READY, case)

    def _note_silence(self, case: int, at: int) -> None:
        used = self.clocks.used(np.array([case]), at)[0]
        is_open = self.clocks.is_open[case]
        metric = FIRST if is_open[FIRST] else NEXT
        self.silences.append((int(self.severity[case]), float(used[metric]), at))


def _shifts(rules: Rules) -> list[tuple[int, int, int]]:
    """Begin, end and specialist of each; on days on which the desk opens."""
    shifts, found = rules["desk"]["shifts"], []
    first = HOURS.local_date(instant(begin_of(rules) + 1))
    for day in range(weeks_of(rules) * 7):
        on = first + timedelta(days=day)
        if not HOURS.intervals_on(on):
            continue
        for specialist in range(rules["desk"]["specialists"]):
            begins, ends = (
                int(datetime.fromisoformat(f"{on}T{clock}").replace(tzinfo=HOURS.zone).timestamp())
                for clock in shifts[specialist % len(shifts)]
            )
            found.append((begins, ends, specialist))
    return found
