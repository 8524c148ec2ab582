"""The journal's entries about a case, as the facts its clocks are told of.

Which kinds move a clock stands in `READERS`; every other entry is no fact, nor is what the product wrote by
itself. A merged case is read with the
survivor, because its undecided clocks live on there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from keepwell.kit.reading import read_rows
from keepwell.service_levels import clock_facts as kinds
from keepwell.service_levels.clock_facts import Fact
from keepwell.service_levels.promises import Promises, TermsAt
from keepwell.service_levels.replay import carried


class Told(Protocol):
    """An entry, as far as it is read here."""

    @property
    def id(self) -> int: ...

    @property
    def kind(self) -> str: ...

    @property
    def occurred_at(self) -> datetime: ...

    @property
    def cause(self) -> Any: ...

    @property
    def facts(self) -> dict[str, Any]: ...


class Promising(Protocol):
    """What was promised, or would have been."""

    def terms_for(self, accounts: Iterable[tuple[datetime, int | None]]) -> TermsAt: ...


class Read(NamedTuple):
    """An entry as it comes from the database, without a row around it: there may be very many."""

    id: int
    kind: str
    occurred_at: datetime
    cause: Any
    facts: dict[str, Any]


@dataclass(frozen=True)
class History:
    """A case's facts in recorded order, and the terms that hold for it."""

    facts: tuple[Fact, ...]
    terms_at: TermsAt

    @property
    def last_known_at(self) -> datetime:
        """The newest instant that the facts tell of; the clocks are complete as of then."""
        return max(fact.known_at for fact in self.facts)


def _simple(kind: str) -> Callable[[Told], Fact | None]:
    return lambda entry: Fact(kind=kind, at=entry.occurred_at, id=entry.id)


def _opened(entry: Told) -> Fact:
    return Fact(
        kind=kinds.OPENED,
        at=entry.occurred_at,
        id=entry.id,
        severity=entry.facts["severity"],
        by=entry.facts["opened_by"],
        live=entry.facts["live"],
    )


def _severity(entry: Told) -> Fact:
    return Fact(
        kind=kinds.SEVERITY,
        at=entry.occurred_at,
        id=entry.id,
        severity=entry.facts["to_severity"],
        correction=entry.facts["correction"],
    )


def _contact(entry: Told) -> Fact | None:
    if entry.facts.get("automatic"):
        return None
    entered_at = entry.facts.get("entered_at")
    return Fact(
        kind=kinds.CONTACT,
        at=entry.occurred_at,
        id=entry.id,
        entered_at=datetime.fromisoformat(entered_at) if entered_at else None,
    )


READERS: Mapping[str, Callable[[Told], Fact | None]] = {
    "case.opened": _opened,
    "message.sent": _contact,
    "case.contact_logged": _contact,
    "message.received": _simple(kinds.CUSTOMER_MESSAGE),
    "case.wait_began": _simple(kinds.WAIT),
    "case.taken_back": _simple(kinds.TAKE_BACK),
    "case.severity_changed": _severity,
    "case.resolved": _simple(kinds.RESOLVED),
    "case.reopened": _simple(kinds.REOPENED),
    "case.withdrawn": _simple(kinds.WITHDRAWN),
    "case.marked_spam": _simple(kinds.SPAM),
    "case.unmarked_spam": _simple(kinds.NOT_SPAM),
    "case.merged": _simple(kinds.MERGED_AWAY),
}
FAILED = "message.failed"
ABSORBED = "case.absorbed"
PLACED = "case.placed"
READ_KINDS = (*READERS, FAILED, ABSORBED, PLACED)
# Case by case: of many at once PostgreSQL expects far too much, and would read the whole journal instead.
ENTRIES = """
    SELECT asked.id, e.*
      FROM unnest(%(cases)s::bigint[]) AS asked(id) CROSS JOIN LATERAL (
           SELECT e.id, e.kind, e.occurred_at, e.cause, e.facts
             FROM keepwell_journal_entrysubject s JOIN keepwell_journal_entry e ON e.id = s.entry_id
            WHERE s.kind = 'case' AND s.subject_id = asked.id AND e.kind = ANY(%(kinds)s)
           OFFSET 0) e
     ORDER BY e.id
"""


def histories_of(
    case_ids: Iterable[int], promises: Promising, read_as: Callable[[Fact], Fact] = lambda fact: fact
) -> dict[int, History]:
    """The histories of these cases, by case; one query, and one more for each generation of merged cases.

    A case without entries is left out. What a merged case hands over is told under the same promises, and
    of facts read in the same way.
    """
    entries_by_case = _entries_of(case_ids)
    merged = {
        entry.facts["from_case"]
        for found in entries_by_case.values()
        for entry in found
        if entry.kind == ABSORBED
    }
    handed_over = histories_of(merged, promises, read_as) if merged else {}
    return {
        case_id: History(
            tuple(map(read_as, _facts(entries, handed_over))), promises.terms_for(_accounts(entries))
        )
        for case_id, entries in entries_by_case.items()
    }


def history_from(entries: Sequence[Told], promises: Promises) -> History:
    """The history that these entries about one case give, in recorded order; it absorbed no other case."""
    return History(_facts(entries, {}), promises.terms_for(_accounts(entries)))


def history_of(case_id: int) -> History | None:
    """One case's history; None if nothing was recorded about it."""
    return histories_of([case_id], Promises()).get(case_id)


def _entries_of(case_ids: Iterable[int]) -> dict[int, list[Told]]:
    found: dict[int, list[Told]] = defaultdict(list)
    for case_id, *entry in read_rows(ENTRIES, {"cases": list(case_ids), "kinds": list(READ_KINDS)}):
        found[case_id].append(Read(*entry))
    return found


def _accounts(entries: Iterable[Told]) -> list[tuple[datetime, int | None]]:
    placings = (entry for entry in entries if entry.kind in ("case.opened", PLACED))
    return [(entry.occurred_at, entry.facts.get("account")) for entry in placings]


def _facts(entries: Sequence[Told], handed_over: Mapping[int, History]) -> tuple[Fact, ...]:
    facts: list[Fact] = []
    told = _resolutions_told(entries)
    for entry in entries:
        if entry.kind == "message.sent" and entry.facts.get("message") in told:
            continue  # it counts as a contact through the resolution, and starts no run
        if entry.kind == FAILED:
            facts.extend(_undelivered(entry, entries))
        elif entry.kind == ABSORBED:
            facts.append(_taken_over(entry, handed_over))
        elif entry.kind in READERS and (fact := READERS[entry.kind](entry)):
            facts.append(fact)
    return tuple(facts)


def _resolutions_told(entries: Iterable[Told]) -> set[int]:
    """The messages that told the customer of a resolution."""
    resolved = (entry.facts for entry in entries if entry.kind == "case.resolved")
    return {facts["message"] for facts in resolved if facts.get("message")}


def _undelivered(failure: Told, entries: Sequence[Told]) -> Iterable[Fact]:
    """What the failed message had done: its contact, and the resolution that it told of."""
    sent = next(
        (
            one
            for one in entries
            if one.kind == "message.sent" and one.facts["message"] == failure.facts["message"]
        ),
        None,
    )
    if sent is None:
        return
    told = [one for one in entries if one.kind == "case.resolved" and one.cause == sent.cause]
    for number, undone in enumerate([sent, *told]):
        yield Fact(
            kind=kinds.CONTACT_WITHDRAWN,
            at=failure.occurred_at,
            id=failure.id if number == 0 else f"{failure.id}.{number}",
            contact=undone.id,
        )


def _taken_over(entry: Told, handed_over: Mapping[int, History]) -> Fact:
    merged = handed_over[entry.facts["from_case"]]
    taken = carried(merged.facts, terms_at=merged.terms_at, at=entry.occurred_at)
    return Fact(kind=kinds.MERGED_IN, at=entry.occurred_at, id=entry.id, carried=taken)
