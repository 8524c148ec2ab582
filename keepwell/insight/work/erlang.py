"""How many people contacts born live would need: Erlang's formula for those who wait (Erlang C).

Contacts come at random at a steady rate, each is handled for an exponential time with the mean given, whoever
finds nobody free waits in turn and never gives up. Load is in erlangs: contacts an hour times hours each.

Source: A. K. Erlang (1917), "Solution of some Problems in the Theory of Probabilities of Significance in
Automatic Telephone Exchanges", formula for waiting calls; computed by the recursion of the blocking formula.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

SECONDS_AN_HOUR = 3600
# Above it nothing is asked: more people than any desk has, and a loop that stays short.
MOST_ERLANGS = 1000.0


@dataclass(frozen=True, kw_only=True)
class Live:
    """contacts_an_hour and handling_minutes are above 0; share is to be answered within so many seconds."""

    contacts_an_hour: float
    handling_minutes: float
    share: float = 0.8
    within_seconds: float = 20.0

    @property
    def erlangs(self) -> float:
        return self.contacts_an_hour * self.handling_minutes / 60


@dataclass(frozen=True, kw_only=True)
class Staffed:
    """What so many people give. in_time: share answered in the seconds; busy: part of their time in contacts.

    mean_wait_seconds: over all contacts, those that did not wait too; None where the line grows for ever.
    """

    people: int
    waits: float
    in_time: float
    mean_wait_seconds: float | None
    busy: float


def blocking(people: int, erlangs: float) -> float:
    """Erlang B: the chance that all are taken where nobody waits; by recursion in the number of people."""
    found = 1.0
    for number in range(1, people + 1):
        found = erlangs * found / (number + erlangs * found)
    return found


def waiting(people: int, erlangs: float) -> float:
    """Erlang C: the chance that a contact has to wait; 1 where people are no more than erlangs."""
    if people <= erlangs:
        return 1.0
    blocked = blocking(people, erlangs)
    return people * blocked / (people - erlangs * (1 - blocked))


def staffed(people: int, live: Live) -> Staffed:
    """What so many people give for these contacts."""
    load, waits = live.erlangs, waiting(people, live.erlangs)
    if people <= load:
        return Staffed(people=people, waits=1.0, in_time=0.0, mean_wait_seconds=None, busy=1.0)
    spare = people - load
    handling_seconds = live.handling_minutes * 60
    return Staffed(
        people=people,
        waits=waits,
        in_time=1 - waits * math.exp(-spare * live.within_seconds / handling_seconds),
        mean_wait_seconds=waits * handling_seconds / spare,
        busy=load / people,
    )


def people_needed(live: Live) -> int:
    """The fewest people with whom the share is answered in time. Errors: ValueError above MOST_ERLANGS."""
    if live.erlangs > MOST_ERLANGS:
        raise ValueError(f"{live.erlangs} erlangs are more than {MOST_ERLANGS}")
    people = math.floor(live.erlangs) + 1
    while staffed(people, live).in_time < live.share:
        people += 1
    return people
