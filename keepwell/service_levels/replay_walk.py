"""One case walked from its opening to an instant: which clock each fact starts, moves or ends.

Facts come in the order in which they act. What is withdrawn, spam or entered later has been put in its
place before (replay.py).
"""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import Any

from keepwell.service_levels import clock_facts as facts
from keepwell.service_levels import clock_state as states
from keepwell.service_levels.clock import Clock
from keepwell.service_levels.clock_facts import Fact
from keepwell.service_levels.clock_state import ClockState
from keepwell.service_levels.terms import (
    FOLLOW_UP,
    INITIAL_CONTACT,
    OVERALL,
    RANKS,
    RESOLUTION,
    Terms,
)

TermsAt = Callable[[datetime], Terms]
_DELIVERED = (facts.CONTACT, facts.RESOLVED)


class Walk:
    """A case on its way through time: its clocks, and what of its state they depend on."""

    __slots__ = (
        "_clocks",
        "_current",
        "_is_gone",
        "_is_resolved",
        "_is_waiting",
        "_runs",
        "_severity",
        "_terms_at",
        "_undelivered",
    )

    def __init__(self, terms_at: TermsAt, undelivered: Collection[Any]) -> None:
        """Begin before the opening: no clock runs yet, and the severity is empty."""
        self._terms_at = terms_at
        self._undelivered = undelivered
        self._clocks: list[Clock] = []
        self._current: dict[str, Clock] = {}
        self._runs = 0
        self._severity = ""
        self._is_waiting = self._is_resolved = self._is_gone = False

    def take(self, fact: Fact) -> None:
        """Let time pass up to a fact, then let it act. Before the opening and after a merge nothing acts."""
        if self._is_gone or (self._severity == "") != (fact.kind == facts.OPENED):
            return
        self._settle(fact.at)
        if fact.id in self._undelivered and fact.kind in _DELIVERED:
            self._take_undelivered(fact)
        else:
            _ACTS[fact.kind](self, fact)

    def stand(self, as_of: datetime) -> tuple[ClockState, ...]:
        """All clocks as of an instant: initial contact, resolution, overall, then the follow-up runs."""
        self._settle(as_of)
        return tuple([clock.state() for clock in self._clocks])

    def _settle(self, at: datetime) -> None:
        for clock in self._current.values():
            clock.settle(at)

    def _start(self, metric: str, fact: Fact, terms: Terms) -> None:
        commitment = terms.commitment(metric, self._severity)
        if commitment is None:
            return
        self._runs += metric == FOLLOW_UP
        run = self._runs if metric == FOLLOW_UP else 1
        clock = Clock(metric=metric, run=run, terms=terms, commitment=commitment, fact=fact)
        self._clocks.append(clock)
        self._current[metric] = clock
        if self._is_waiting and terms.has_pauses(metric):
            clock.pause(fact)

    def _opened(self, fact: Fact) -> None:
        self._severity = fact.severity
        terms = self._terms_at(fact.at)
        if fact.by == "customer":
            self._start(INITIAL_CONTACT, fact, terms)
        self._start(RESOLUTION, fact, terms)
        self._start(OVERALL, fact, terms)
        if fact.live:
            self._stop_initial_contact(fact)
            self._start(FOLLOW_UP, fact, terms)

    def _contact(self, fact: Fact) -> None:
        self._stop_initial_contact(fact)
        if self._is_resolved:
            return
        follow_up = self._current.get(FOLLOW_UP)
        if follow_up is not None and follow_up.is_open:
            follow_up.stop(fact)
        self._start(FOLLOW_UP, fact, self._terms_at(fact.at))

    def _stop_initial_contact(self, fact: Fact) -> None:
        clock = self._current.get(INITIAL_CONTACT)
        if clock is not None and clock.is_open:
            clock.stop(fact)

    def _resolved(self, fact: Fact) -> None:
        if not self._is_resolved:
            self._close(fact, self._open_clocks())

    def _withdrawn(self, fact: Fact) -> None:
        if self._is_resolved:
            return
        initial_contact = self._current.get(INITIAL_CONTACT)
        if initial_contact is not None and initial_contact.is_open:
            initial_contact.end(states.BY_CUSTOMER, fact)
        self._close(fact, self._open_clocks())

    def _close(self, fact: Fact, stopped: Iterable[Clock]) -> None:
        for clock in stopped:
            clock.stop(fact)
        self._is_resolved, self._is_waiting = True, False

    def _open_clocks(self, but: str | None = None) -> list[Clock]:
        return [clock for clock in self._current.values() if clock.is_open and clock.metric != but]

    def _take_undelivered(self, fact: Fact) -> None:
        for metric in (INITIAL_CONTACT, FOLLOW_UP):
            clock = self._current.get(metric)
            if clock is not None and clock.is_open:
                clock.note(states.CONTACT_UNDELIVERED, fact)
        if fact.kind == facts.RESOLVED and not self._is_resolved:
            self._close(fact, self._open_clocks(but=INITIAL_CONTACT))

    def _reopened(self, fact: Fact) -> None:
        if not self._is_resolved:
            return
        self._is_resolved = False
        for metric in (RESOLUTION, OVERALL):
            if metric in self._current:
                self._current[metric].reopen(fact)
        self._start(FOLLOW_UP, fact, self._terms_at(fact.at))

    def _wait(self, fact: Fact) -> None:
        if self._is_resolved or self._is_waiting:
            return
        self._is_waiting = True
        for clock in self._current.values():
            if clock.is_undecided and clock.terms.has_pauses(clock.metric):
                clock.pause(fact)

    def _wait_ended(self, fact: Fact) -> None:
        self._is_waiting = False
        for clock in self._current.values():
            clock.end_pause(fact)

    def _severity_changed(self, fact: Fact) -> None:
        old, new = RANKS[self._severity], RANKS[fact.severity]
        self._severity = fact.severity
        if self._is_resolved or old == new:
            return
        for clock in self._current.values():
            if clock.is_undecided and clock.severity in RANKS:
                _change_severity(clock, fact, is_raise=new > old)

    def _merged_away(self, fact: Fact) -> None:
        for clock in self._open_clocks():
            clock.end(states.BY_MERGE, fact)
        self._is_gone = True

    def _merged_in(self, fact: Fact) -> None:
        if self._is_resolved:
            return
        for other in fact.carried:
            clock = self._current.get(other.metric)
            if clock is not None and clock.is_undecided:
                clock.take_over(other, fact, self._terms_at(other.started_at))

    def _spam(self, fact: Fact) -> None:
        for clock in self._current.values():
            clock.end_pause(fact)


def _change_severity(clock: Clock, fact: Fact, *, is_raise: bool) -> None:
    severity = fact.severity
    allowance = clock.terms.allowances.get((clock.metric, severity))
    if is_raise and allowance is not None and RANKS[clock.severity] < RANKS[severity]:
        clock.raise_to(severity, allowance, fact)
    elif not is_raise and fact.correction and allowance is not None:
        clock.correct_to(severity, allowance, fact)
    elif not is_raise:
        clock.keep_promise(fact)


_ACTS: dict[str, Callable[[Walk, Fact], None]] = {
    facts.OPENED: Walk._opened,
    facts.CONTACT: Walk._contact,
    facts.RESOLVED: Walk._resolved,
    facts.SEVERITY: Walk._severity_changed,
    facts.WAIT: Walk._wait,
    facts.CUSTOMER_MESSAGE: Walk._wait_ended,
    facts.TAKE_BACK: Walk._wait_ended,
    facts.REOPENED: Walk._reopened,
    facts.WITHDRAWN: Walk._withdrawn,
    facts.SPAM: Walk._spam,
    facts.MERGED_AWAY: Walk._merged_away,
    facts.MERGED_IN: Walk._merged_in,
}


def walk(
    counted: Iterable[Fact],
    *,
    terms_at: TermsAt,
    as_of: datetime,
    undelivered: Collection[Any] = (),
) -> tuple[ClockState, ...]:
    """The clocks of facts in acting order; `undelivered` are the ids of contacts that finally failed."""
    case = Walk(terms_at, undelivered)
    for fact in counted:
        case.take(fact)
    return case.stand(as_of)
