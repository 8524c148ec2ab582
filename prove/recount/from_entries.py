"""Every clock of every case, worked out from the journal's entries alone: no clock that is stored is read.

Only the standard library, psycopg and numpy, and what stands beside it here; nothing from keepwell.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from prove.recount.clock import Clock, Terms
from prove.recount.promises import Promises
from prove.recount.walking import Event, clocks_of, handed_over

METRICS = ("initial_contact", "follow_up", "resolution", "overall")
SEVERITIES = ("high", "normal", "low", "any")
STATES = ("undecided", "met", "missed", "void")
SHAPE = np.dtype(
    [
        ("case", "i8"),
        ("by", "i8"),
        ("metric", "i1"),
        ("severity", "i1"),
        ("state", "i1"),
        ("started", "i8"),
        ("missed", "i8"),
        ("is_missed", "?"),
        ("is_stopped", "?"),
        ("is_corrected", "?"),
        ("entered_later", "?"),
        ("policy", "i8"),
        ("used", "f8"),
        ("freely", "f8"),
    ]
)
SIMPLE = {
    "message.received": "customer_message",
    "case.wait_began": "wait",
    "case.taken_back": "take_back",
    "case.resolved": "resolved",
    "case.reopened": "reopened",
    "case.withdrawn": "withdrawn",
    "case.marked_spam": "spam",
    "case.unmarked_spam": "not_spam",
    "case.merged": "merged_away",
}
OTHERS = (
    "case.opened",
    "case.placed",
    "case.severity_changed",
    "case.contact_logged",
    "case.absorbed",
    "message.sent",
    "message.failed",
)
ENTRIES = """
    SELECT s.subject_id, e.id, e.kind, floor(extract(epoch FROM e.occurred_at))::bigint, e.facts::text
      FROM keepwell_journal_entrysubject s JOIN keepwell_journal_entry e ON e.id = s.entry_id
     WHERE s.kind = 'case' AND e.kind = ANY(%s) {}
     ORDER BY s.subject_id, e.id
"""
MERGED = "SELECT (facts->>'from_case')::bigint FROM keepwell_journal_entry WHERE kind = 'case.absorbed'"
PIECE = 50_000


class Entry(NamedTuple):
    case: int
    id: int
    kind: str
    at: int
    facts: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Extract:
    """clocks: one row of SHAPE each; without_later: as if no contact had been entered later. unhandled: cases
    that could not be told, by what was the matter."""

    at: int
    clocks: NDArray[np.void]
    without_later: NDArray[np.void]
    promises: Promises
    cases: int
    entries: Counter[str]
    unhandled: Counter[str]


def extract(connection: Any, at: int) -> Extract:
    """connection: psycopg's own. at: the instant as of which all is told, in seconds since 1970."""
    return EntryReading(connection, at).all()


class EntryReading:
    """The clocks of every case, a piece of the journal at a time."""

    def __init__(self, connection: Any, at: int) -> None:
        self._connection, self._at = connection, at
        self._promises = Promises(connection)
        self._counted: Counter[str] = Counter()
        self._unhandled: Counter[str] = Counter()
        self._merged: dict[int, list[Entry]] = {}
        self._told_later: set[int] = set()
        self._rows_without: list[tuple[Any, ...]] = []

    def all(self) -> Extract:
        self._read_merged()
        self._counted.clear()
        pieces, cases = [], 0
        for rows, case_count in self._in_pieces():
            pieces.append(np.array(rows, dtype=SHAPE))
            cases += case_count
        clocks = np.concatenate(pieces)
        others = clocks[~np.isin(clocks["case"], list(self._told_later))]
        without = np.array(self._rows_without, dtype=SHAPE)
        return Extract(
            at=self._at,
            clocks=clocks,
            without_later=np.concatenate([others, without]),
            promises=self._promises,
            cases=cases,
            entries=self._counted,
            unhandled=self._unhandled,
        )

    def _read_merged(self) -> None:
        merged = [case for (case,) in self._connection.execute(MERGED)]
        self._merged = dict(self._histories("AND s.subject_id = ANY(%s)", merged)) if merged else {}

    def _in_pieces(self) -> Iterator[tuple[list[tuple[Any, ...]], int]]:
        rows: list[tuple[Any, ...]] = []
        count = 0
        for case, entries in self._histories(""):
            rows += self._rows(case, entries)
            count += 1
            if len(rows) > PIECE:
                yield rows, count
                rows, count = [], 0
        yield rows, count

    def _histories(self, narrowed: str, *given: Any) -> Iterator[tuple[int, list[Entry]]]:
        with self._connection.cursor(name="recount") as cursor:
            cursor.itersize = PIECE
            cursor.execute(ENTRIES.format(narrowed), [[*SIMPLE, *OTHERS], *given])
            for case, rows in groupby(cursor, key=lambda row: row[0]):
                entries = [Entry(*row[:4], json.loads(row[4])) for row in rows]
                self._counted.update(entry.kind for entry in entries)
                yield case, entries

    def _rows(self, case: int, entries: list[Entry]) -> list[tuple[Any, ...]]:
        if entries[0].kind != "case.opened":
            self._unhandled["its first entry is not its opening"] += 1
            return []
        terms_at, events = self._terms_at(entries), self._events(entries)
        in_time = self._in_time(entries)
        if in_time != events:
            self._told_later.add(case)
            self._rows_without += [
                row_of(case, one, self._at) for one in clocks_of(in_time, terms_at, self._at)
            ]
        return [row_of(case, clock, self._at) for clock in clocks_of(events, terms_at, self._at)]

    def _in_time(self, entries: Sequence[Entry]) -> list[Event]:
        """The events without the contacts that were entered later, those of merged cases too."""
        return self._events([entry for entry in entries if not _is_later(entry)])

    def _terms_at(self, entries: Iterable[Entry]) -> Callable[[int], Terms]:
        placed = [e for e in entries if e.kind in ("case.opened", "case.placed")]
        accounts = [(entry.at, entry.facts.get("account")) for entry in placed]
        return lambda at: self._promises.terms_at(accounts, at)

    def _events(self, entries: Sequence[Entry]) -> list[Event]:
        resolutions = {
            e.facts["message"]: e.id for e in entries if e.kind == "case.resolved" and e.facts["message"]
        }
        sent = {e.facts["message"]: e.id for e in entries if e.kind == "message.sent"}
        found: list[Event] = []
        for entry in entries:
            if entry.kind in SIMPLE:
                found.append(Event(SIMPLE[entry.kind], entry.at, entry.id, entry.at))
            elif entry.kind == "message.failed":
                message = entry.facts["message"]
                undone = {sent.get(message), resolutions.get(message)} - {None}
                found += [Event("undelivered", entry.at, entry.id, entry.at, undone=one) for one in undone]
            elif entry.kind == "case.absorbed":
                found.append(self._absorbed(entry))
            elif entry.facts.get("message") not in resolutions or entry.kind != "message.sent":
                found += TOLD.get(entry.kind, _nothing)(entry)
        return found

    def _absorbed(self, entry: Entry) -> Event:
        others = self._merged[entry.facts["from_case"]]
        taken = handed_over(self._events(others), self._terms_at(others), entry.at)
        return Event("merged_in", entry.at, entry.id, entry.at, others=taken)


def _is_later(entry: Entry) -> bool:
    return entry.kind == "case.contact_logged" and bool(entry.facts["entered_later"])


def _nothing(_entry: Entry) -> list[Event]:
    return []


def _opened(entry: Entry) -> list[Event]:
    facts = entry.facts
    is_ours = facts["opened_by"] == "staff"
    opened = Event("opened", entry.at, entry.id, entry.at, facts["severity"], is_ours, facts["live"])
    return [opened]


def _severity(entry: Entry) -> list[Event]:
    facts = entry.facts
    to, is_wrong = facts["to_severity"], facts["correction"]
    return [Event("severity", entry.at, entry.id, entry.at, to, is_correction=is_wrong)]


def _sent(entry: Entry) -> list[Event]:
    return [] if entry.facts.get("automatic") else [Event("contact", entry.at, entry.id, entry.at)]


def _logged(entry: Entry) -> list[Event]:
    entered = int(datetime.fromisoformat(entry.facts["entered_at"]).timestamp())
    return [
        Event("contact", entry.at, entry.id, max(entered, entry.at), is_late=entry.facts["entered_later"])
    ]


TOLD: dict[str, Callable[[Entry], list[Event]]] = {
    "case.opened": _opened,
    "case.severity_changed": _severity,
    "message.sent": _sent,
    "case.contact_logged": _logged,
}


def row_of(case: int, clock: Clock, at: int) -> tuple[Any, ...]:
    used = (0.0, 0.0) if clock.void else clock.used(at)
    return (
        case,
        clock.started_by,
        METRICS.index(clock.metric),
        SEVERITIES.index(clock.severity),
        STATES.index(clock.state),
        clock.started,
        clock.missed or 0,
        clock.missed is not None,
        clock.stopped is not None,
        clock.corrected,
        clock.entered_later,
        clock.terms.policy,
        *used,
    )
