"""A log with everything wrong in it that a log can have, and what has to be said of it: made, not read.

Nothing of the product is used here. `make` gives the bytes of a file and what is known of it beforehand.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

HEADING = "Ticket,When,What,Priority,Tier,Remark"
BEGINS_AT = datetime(2023, 1, 9, 13, 0, tzinfo=UTC)
MAP = """\
desk = "Faulty desk"
[columns]
case = "Ticket"
time = "When"
activity = "What"
severity = "Priority"
level = "Tier"
[activities]
"Created" = "opened"
"Answered" = "contact"
"Customer wrote" = "customer_message"
"Asked back" = "wait"
"Solved" = "resolved"
"Reopened" = "reopened"
"Viewed" = "ignored"
[severities]
"P1" = "high"
"P2" = "normal"
"P3" = "low"
[levels]
"Tier 1" = 1
"Tier 2" = 2
"Tier 3" = 3
"""
# Lines that cannot be used, with what is said of each; {n} makes them differ.
FAULTS: dict[str, tuple[bytes, str]] = {
    "never opened": (b"NOBODY-{n},2023-05-02T10:00:00Z,Answered,P2,Tier 1,", "neither opened in this file"),
    "before opening": (
        b"C0000{n},2022-12-01T10:00:00Z,Answered,P2,Tier 1,",
        "before its case 'C0000{n}'",
    ),
    "no zone": (b"C0000{n},2024-05-02T10:00:00,Answered,P2,Tier 1,", "has no time zone"),
    "unreadable time": (b"C0000{n},02 May,Answered,P2,Tier 1,", "the time '02 May' cannot be read"),
    "no time": (b"C0000{n},,Answered,P2,Tier 1,", "it says no time"),
    "future": (b"C0000{n},2999-05-02T10:00:00Z,Answered,P2,Tier 1,", "lies in the future"),
    "too early": (b"C0000{n},1970-01-01T00:00:00Z,Answered,P2,Tier 1,", "before the year 2000"),
    "no case": (b",2024-05-02T10:00:00Z,Answered,P2,Tier {n},", "it names no case"),
    "broken quotation": (
        b'C0000{n},"2024-05-02T10:00:00Z" or so,Answered,P2,Tier 1,',
        "no line of a CSV",
    ),
    "never closed": (b'C0000{n},2024-05-02T10:00:00Z,"Answered,P2,Tier 1,', "no line of a CSV"),
    "wrong encoding": (b"Z\xfcrich-{n},2024-05-02T10:00:00Z,Answered,P2,Tier 1,", "not written in UTF-8"),
    "too few cells": (b"C0000{n},2024-05-02T10:00:00Z,Answered", "fewer cells"),
    "too many cells": (b"C0000{n},2024-05-02T10:00:00Z,Answered,P2,Tier 1,,more", "more cells"),
}
EACH = 5
# One row in so many stands twice, and one in so many is written down late.
TWICE, LATE = 60, 40


@dataclass
class Known:
    """What is known of a log before anybody reads it. `refused` are words by line."""

    content: bytes = b""
    cases: int = 0
    events: int = 0
    twice: int = 0
    moved: int = 0
    refused: dict[int, str] = field(default_factory=dict)


def make(cases: int, seed: int, *, more: tuple[str, ...] = ()) -> Known:
    """A log of so many cases (10 at least) with every fault in it; `more` are good rows, put in too."""
    chance = random.Random(f"faulty log {seed}")
    good = [row for number in range(cases) for row in _case(number, chance)]
    good.sort(key=lambda row: row.split(",")[1])
    twice = [row for row in good if chance.randrange(TWICE) == 0]
    for row in [row for row in good if chance.randrange(LATE) == 0]:
        place = good.index(row)
        good.insert(min(place + chance.randrange(2, 200), len(good)), good.pop(place))
    lines = [row.encode() for row in [*good, *more]]
    for row in twice:
        lines.insert(chance.randrange(len(lines)), row.encode())
    said = dict(_faults())
    for line in said:
        lines.insert(chance.randrange(len(lines)), line)
    known = Known(content=b"\r\n".join([HEADING.encode(), *lines, b""]), cases=cases, twice=len(twice))
    known.events = len(good) + len(more)
    known.cases += len({row.partition(",")[0] for row in more})
    known.refused = {number: said[line] for number, line in enumerate(lines, start=2) if line in said}
    known.moved = _moved(lines, unusable={line for line in said if not _is_read(line)})
    return known


def _case(number: int, chance: random.Random) -> Iterator[str]:
    """One case's rows, no two at the same second."""
    name, at = f"C{number:05}", BEGINS_AT + timedelta(minutes=37 * number, seconds=chance.randrange(60))
    severity, tier = chance.choice(["P1", "P2", "P2", "P3"]), 1

    def row(what: str) -> str:
        return f"{name},{at:%Y-%m-%dT%H:%M:%SZ},{what},{severity},Tier {tier},"

    yield row("Created")
    for _round in range(chance.randrange(1, 5)):
        at += timedelta(seconds=chance.randrange(60, 90_000))
        if chance.random() < 0.2:
            tier = min(tier + 1, 3)
        if chance.random() < 0.1:
            severity = "P1"
        yield row("Answered")
        if chance.random() < 0.5:
            at += timedelta(seconds=1)
            yield row("Asked back")
            at += timedelta(seconds=chance.randrange(60, 200_000))
            yield row("Customer wrote")
        if chance.random() < 0.1:
            at += timedelta(seconds=1)
            yield row("Viewed")
    ends = chance.choices(["", "Solved", "Solved Reopened Solved"], [1, 17, 2])[0]
    for what in ends.split():
        # Some are reopened within their window of fourteen days, and some after it.
        at += timedelta(seconds=chance.randrange(60, 90_000 if what == "Solved" else 2_400_000))
        yield row(what)


def _faults() -> Iterator[tuple[bytes, str]]:
    for line, words in FAULTS.values():
        for number in range(1, EACH + 1):
            yield line.replace(b"{n}", b"%d" % number), words.replace("{n}", str(number))


def _is_read(line: bytes) -> bool:
    """Whether the line names a case and a time, however wrong it is otherwise."""
    return line.startswith(b"NOBODY-") or b"2022-12-01" in line


def _moved(lines: list[bytes], unusable: set[bytes]) -> int:
    """Rows before which an earlier one of their case should stand: counted the long way."""
    by_case: dict[bytes, list[tuple[bytes, int]]] = {}
    for number, line in enumerate(lines):
        if line not in unusable:
            case, at = line.split(b",")[:2]
            by_case.setdefault(case, []).append((at, number))
    return sum(
        any(other_at < at and other > number for other_at, other in rows)
        for rows in by_case.values()
        for at, number in rows
    )
