"""People for live contacts, by Erlang's formula written out: the sum over every state of the line, in exact
fractions. Nothing from keepwell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import exp
from typing import Any

FEWER, MORE = 2, 4


@dataclass(frozen=True, kw_only=True)
class Supposed:
    """So many contacts an hour, of so many minutes; such a part is to be answered within so many seconds."""

    contacts: Fraction = Fraction(10)
    minutes: Fraction = Fraction(8)
    share: Fraction = Fraction(80, 100)
    seconds: Fraction = Fraction(20)

    @property
    def load(self) -> Fraction:
        return self.contacts * self.minutes / 60


def has_to_wait(people: int, load: Fraction) -> Fraction:
    """The part of the time in which all are taken: the states of the line from `people` on, of all states."""
    if people <= load:
        return Fraction(1)
    state, free = Fraction(1), Fraction(0)
    for number in range(people):
        free += state
        state = state * load / (number + 1)
    full = state * people / (people - load)
    return full / (free + full)


def given_by(people: int, asked: Supposed) -> dict[str, Any]:
    waits, spare = has_to_wait(people, asked.load), people - asked.load
    told: dict[str, Any] = {
        "people": people,
        "waits": float(waits),
        "busy": float(min(asked.load / people, 1)),
    }
    if spare <= 0:
        return {**told, "in_time": 0.0, "seconds": None}
    handled = asked.minutes * 60
    in_time = 1 - float(waits) * exp(-float(spare * asked.seconds / handled))
    return {**told, "in_time": in_time, "seconds": float(waits * handled / spare)}


def live_figures(asked: Supposed) -> dict[str, Any]:
    needed = int(asked.load) + 1
    while given_by(needed, asked)["in_time"] < asked.share:
        needed += 1
    return {"needed": needed, "erlangs": float(asked.load), **dict(_rows(needed, asked))}


def _rows(needed: int, asked: Supposed) -> Iterator[tuple[str, Any]]:
    for people in range(max(1, needed - FEWER), needed + MORE + 1):
        for name, value in given_by(people, asked).items():
            yield f"with_{people}_{name}", value
