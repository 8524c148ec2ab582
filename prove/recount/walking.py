"""A case's clocks from what happened to it, told again. Imports nothing from keepwell.

Events are walked in the order in which they happened, once; where something was written down late, or a
message turned out not to have arrived, once more for each event with what was known then, so that a miss
which anybody could have seen is never lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from prove.recount.clock import GRAVE, Clock, Measure, Terms

TermsAt = Callable[[int], Terms]
ENDS = ("resolved", "withdrawn")


class Event(NamedTuple):
    """kind: opened, contact, resolved, withdrawn, reopened, wait, customer_message, take_back, severity,
    spam, not_spam, merged_away, merged_in or undelivered. known: when the records held it, if after `at`.
    undone: of undelivered, the id of the contact or resolution. others: of merged_in, its undecided clocks.
    """

    kind: str
    at: int
    id: Any
    known: int
    severity: str = ""
    is_ours: bool = False
    is_live: bool = False
    is_correction: bool = False
    is_late: bool = False
    undone: Any = None
    others: tuple[Clock, ...] = ()


def clocks_of(events: Sequence[Event], terms_at: TermsAt, at: int) -> list[Clock]:
    """All clocks of a case as of an instant; events in recorded order."""
    known = [event for event in events if event.known <= at]
    spam = _spam(known)
    if spam is None:
        return _remembered([event for event in known if "spam" not in event.kind], terms_at, at)
    before = [event for event in known[: known.index(spam)] if "spam" not in event.kind]
    clocks = _remembered(before, terms_at, spam.at)
    for clock in clocks:
        clock.resume(spam.at)
    return [replace(clock, void="spam") for clock in clocks]


def handed_over(events: Sequence[Event], terms_at: TermsAt, at: int) -> tuple[Clock, ...]:
    """What a merged case hands to the one it lives on in: its undecided clocks, no pause lasting."""
    gone = Event("merged_away", at, None, at)
    return tuple(one for one in clocks_of([*events, gone], terms_at, at) if one.void == "merged_away")


def _spam(events: Iterable[Event]) -> Event | None:
    """The mark that holds: the first since it was last taken away."""
    found = None
    for event in events:
        if event.kind == "not_spam":
            found = None
        elif event.kind == "spam" and found is None:
            found = event
    return found


def _remembered(events: Sequence[Event], terms_at: TermsAt, at: int) -> list[Clock]:
    in_order = all(one.at <= two.at for one, two in zip(events, events[1:], strict=False))
    if in_order and all(one.known <= one.at and one.kind != "undelivered" for one in events):
        return Walk(events, terms_at).until(at)
    held: dict[Any, Clock] = {}
    found: dict[Any, Clock] = {}
    for count in range(len(events) + 1):
        upto = events[:count]
        last_known = max((event.known for event in upto), default=0)
        then = max(last_known, events[count].known) if count < len(events) else at
        found = {clock.key: clock for clock in Walk(upto, terms_at).until(then)}
        _keep_misses(found, held, upto[-1] if upto else None)
        held = {key: clock for key, clock in found.items() if clock.state == "missed"}
    return list(found.values())


def _keep_misses(found: dict[Any, Clock], held: dict[Any, Clock], last: Event | None) -> None:
    """What was missed before the last event stays so; a late contact ends it when it became known."""
    for key, miss in held.items():
        now = found.get(key)
        if now is not None and now.missed is not None:
            continue
        when = last.known if last else miss.missed
        stopped = miss.stopped
        if now is not None and miss.ended is None and last is not None and last.kind != "undelivered":
            stopped = when
        ended = miss.ended or (when if now is None else stopped)
        late = miss.entered_later or (now is not None and now.entered_later)
        found[key] = replace(miss, stopped=stopped, ended=ended, entered_later=late)


def _acting(events: Sequence[Event], terms_at: TermsAt) -> Iterator[Event]:
    """The events at the moments at which they act, in recorded order.

    A contact told more than a business day later counts when it was told. What came in before the wait or
    the end that it is about, but was recorded after that, acts there.
    """
    for place, event in enumerate(events):
        if event.kind == "contact" and event.known > event.at:
            reach = terms_at(event.at).hours.due(event.at, 1, "business_days")
            yield event if event.known <= reach else event._replace(at=event.known)
            continue
        ended = {"reopened": ENDS, "customer_message": ("wait",), "take_back": ("wait",)}.get(event.kind, ())
        later = [one.at for one in events[:place] if one.kind in ended and one.at > event.at]
        if not later or event.kind != "reopened":
            yield event
        for at in later if event.kind != "reopened" else [max(later)] if later else []:
            yield event._replace(at=at)


class Walk:
    """What the case is doing, and its clocks, as the events come."""

    def __init__(self, events: Sequence[Event], terms_at: TermsAt) -> None:
        self._failed = {event.undone for event in events if event.kind == "undelivered"}
        told = [event for event in events if event.kind != "undelivered"]
        self._events = sorted(_acting(told, terms_at), key=lambda event: event.at)
        self._terms_at = terms_at
        self._severity = ""
        self._is_waiting = self._is_over = self._is_gone = False
        self._clocks: list[Clock] = []

    def until(self, at: int) -> list[Clock]:
        for event in self._events:
            self._advance(event.at)
            if self._is_gone or (not self._severity and event.kind != "opened"):
                continue
            getattr(self, event.kind)(event)
        self._advance(at)
        return self._clocks

    def _advance(self, at: int) -> None:
        for clock in self._clocks:
            clock.until(at)

    def _of(self, *metrics: str) -> list[Clock]:
        return [clock for clock in self._clocks if clock.metric in metrics]

    def _start(self, metric: str, event: Event) -> Clock | None:
        terms = self._terms_at(event.at)
        promised = terms.for_case(metric, self._severity)
        if promised is None:
            return None
        severity, (amount, unit) = promised
        due = terms.hours.due(event.at, amount, unit)
        clock = Clock(
            metric=metric,
            severity=severity,
            started=event.at,
            started_by=event.id,
            terms=terms,
            due=due,
            measure=Measure(unit, terms.hours),
            free_due=due,
            entered_later=event.is_late,
        )
        self._clocks.append(clock)
        if self._is_waiting:
            clock.pause(event.at)
        return clock

    def _stop(self, clocks: Iterable[Clock], event: Event) -> None:
        for clock in clocks:
            if clock.ended is None:
                clock.entered_later = clock.entered_later or event.is_late
                clock.stop(event.at)

    def opened(self, event: Event) -> None:
        if self._severity:
            return
        self._severity = event.severity
        contact = None if event.is_ours else self._start("initial_contact", event)
        for metric in ("resolution", "overall", *(("follow_up",) if event.is_live else ())):
            self._start(metric, event)
        if contact is not None and event.is_live:
            contact.stop(event.at)

    def contact(self, event: Event) -> None:
        if event.id in self._failed:
            return
        self._stop(self._of("initial_contact"), event)
        if not self._is_over:
            self._stop(self._of("follow_up"), event)
            self._start("follow_up", event)

    def resolved(self, event: Event) -> None:
        if self._is_over:
            return
        first = () if event.id in self._failed else ("initial_contact",)
        self._stop(self._of("follow_up", "resolution", "overall", *first), event)
        self._is_waiting, self._is_over = False, True

    def withdrawn(self, event: Event) -> None:
        if self._is_over:
            return
        for clock in self._of("initial_contact"):
            clock.end(event.at, "withdrawn")
        self._stop(self._of("follow_up", "resolution", "overall"), event)
        self._is_waiting, self._is_over = False, True

    def reopened(self, event: Event) -> None:
        if not self._is_over:
            return
        self._is_over = False
        for clock in self._of("resolution", "overall"):
            clock.reopen(event.at)
        self._start("follow_up", event)

    def wait(self, event: Event) -> None:
        if self._is_waiting or self._is_over:
            return
        self._is_waiting = True
        for clock in self._clocks:
            clock.pause(event.at)

    def customer_message(self, event: Event) -> None:
        if self._is_waiting:
            self._is_waiting = False
            for clock in self._clocks:
                clock.resume(event.at)

    take_back = customer_message

    def severity(self, event: Event) -> None:
        before, self._severity = self._severity, event.severity
        step = GRAVE[event.severity] - GRAVE[before]
        if self._is_over or step == 0 or (step < 0 and not event.is_correction):
            return
        for clock in self._clocks:
            (clock.raised if step > 0 else clock.lowered_as_wrong)(event.at, event.severity)

    def merged_in(self, event: Event) -> None:
        for other in event.others if not self._is_over else ():
            for clock in self._of(other.metric):
                clock.absorb(event.at, other)

    def merged_away(self, event: Event) -> None:
        for clock in self._clocks:
            clock.end(event.at, "merged_away")
        self._is_gone = True
