"""Who is on call: a rota's turns, worked out for any instant. Pure: no database, no clock.

A turn begins at the same time of day on the wall of the rota's zone, whatever the clocks do in between: in
the nights in which they change it is an hour shorter or longer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import pairwise

WEEK = timedelta(weeks=1)
DAY = timedelta(days=1)

Span = tuple[datetime, datetime]


@dataclass(frozen=True, kw_only=True)
class StandsIn:
    """Somebody takes the first place from one instant to another."""

    person: int
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, kw_only=True)
class Away:
    """Somebody has these local days off, first and last included."""

    person: int
    starts_on: date
    ends_on: date


@dataclass(frozen=True, kw_only=True)
class Turns:
    """A rota: `people` in the order of their turns, each of `weeks_each` weeks.

    The first turn begins on `starts_on` at `hands_over_at`; before it nobody is on call. `from_at` to
    `until_at` are the hours of each day that it covers, over midnight where the second is earlier, all day
    where they are the same.
    """

    people: tuple[int, ...]
    zone: tzinfo
    starts_on: date
    hands_over_at: time
    weeks_each: int = 1
    from_at: time = time(0)
    until_at: time = time(0)
    stand_ins: tuple[StandsIn, ...] = ()
    away: tuple[Away, ...] = ()

    def hands_over(self, turn: int) -> datetime:
        """The instant at which a turn begins, the first being 0."""
        return _instant(self.starts_on + turn * self.weeks_each * WEEK, self.hands_over_at, self.zone)

    def turn_at(self, at: datetime) -> int:
        """Which turn it is; below 0 before the first one."""
        elapsed = at - self.hands_over(0)
        turn = elapsed // (self.weeks_each * WEEK)
        # A change of the clocks moves the hand-over by an hour against elapsed time.
        if at >= self.hands_over(turn + 1):
            return turn + 1
        return turn - 1 if at < self.hands_over(turn) else turn

    def covers(self, at: datetime) -> bool:
        """Whether the instant lies in the hours that the rota covers."""
        if self.from_at == self.until_at:
            return True
        today = at.astimezone(self.zone).date()
        days = (today - DAY, today)
        return any(begins <= at < ends for begins, ends in map(self.covered_on, days))

    def covered_on(self, on: date) -> Span:
        """The hours covered that begin on this local date; of a time that comes twice the widest span."""
        ends_on = on + DAY if self.until_at <= self.from_at else on
        ends = max(_instant(ends_on, self.until_at, self.zone, fold) for fold in (0, 1))
        return _instant(on, self.from_at, self.zone), ends


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """From one instant to another the same line: who is on call, then who is next; empty is a gap."""

    starts_at: datetime
    ends_at: datetime
    line: tuple[int, ...]


def line_at(turns: Turns, at: datetime) -> tuple[int, ...]:
    """Who is on call at an instant, first, and who is next in line; empty where nobody is."""
    turn = turns.turn_at(at)
    if turn < 0 or not turns.people or not turns.covers(at):
        return ()
    first = turn % len(turns.people)
    order = turns.people[first:] + turns.people[:first]
    standing_in = [one.person for one in turns.stand_ins if one.starts_at <= at < one.ends_at]
    there = (person for person in (*standing_in, *order) if not _is_away(turns, person, at))
    return tuple(dict.fromkeys(there))


def line_of_all(rotas: Iterable[Turns], at: datetime) -> tuple[int, ...]:
    """The lines of several rotas, one behind the other; who stands in two is asked once."""
    return tuple(dict.fromkeys(person for turns in rotas for person in line_at(turns, at)))


def stretches(rotas: Sequence[Turns], starts_at: datetime, ends_at: datetime) -> list[Stretch]:
    """The whole time from one instant to another, cut where the line changes, in order."""
    edges = {starts_at, ends_at, *(edge for turns in rotas for edge in _edges(turns, starts_at, ends_at))}
    inside = sorted(edge for edge in edges if starts_at <= edge <= ends_at)
    found: list[Stretch] = []
    for begins, ends in pairwise(inside):
        line = line_of_all(rotas, begins)
        if found and found[-1].line == line:
            begins = found.pop().starts_at
        found.append(Stretch(starts_at=begins, ends_at=ends, line=line))
    return found


def gaps(rotas: Sequence[Turns], needed: Iterable[Span]) -> list[Span]:
    """The parts of what is needed in which nobody is on call, in order."""
    return [
        (one.starts_at, one.ends_at)
        for starts_at, ends_at in needed
        for one in stretches(rotas, starts_at, ends_at)
        if not one.line
    ]


def without(whole: Span, open_spells: Iterable[Span]) -> list[Span]:
    """What is left of a span without these spells, which come in order and do not overlap."""
    begins, ends = whole
    left = []
    for opens_at, closes_at in open_spells:
        if begins < min(opens_at, ends):
            left.append((begins, min(opens_at, ends)))
        begins = max(begins, closes_at)
    return [*left, (begins, ends)] if begins < ends else left


def _edges(turns: Turns, starts_at: datetime, ends_at: datetime) -> Iterator[datetime]:
    for turn in range(max(0, turns.turn_at(starts_at)), max(0, turns.turn_at(ends_at)) + 1):
        yield turns.hands_over(turn)
    first = starts_at.astimezone(turns.zone).date() - DAY
    for days in range((ends_at - starts_at) // DAY + 4):
        on = first + days * DAY
        yield from turns.covered_on(on)
        # Days off begin at midnight.
        yield _instant(on, time(0), turns.zone)
    for one in turns.stand_ins:
        yield one.starts_at
        yield one.ends_at


def _is_away(turns: Turns, person: int, at: datetime) -> bool:
    on = at.astimezone(turns.zone).date()
    return any(one.person == person and one.starts_on <= on <= one.ends_on for one in turns.away)


def _instant(on: date, wall: time, zone: tzinfo, fold: int = 0) -> datetime:
    return datetime.combine(on, wall.replace(fold=fold), zone).astimezone(UTC)
