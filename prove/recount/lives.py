"""What became of each case, from its entries: who had it, where, how it ended. Nothing from keepwell."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any, NamedTuple

TURNS = {
    "case.opened": "ours",
    "case.taken_back": "ours",
    "case.reopened": "ours",
    "case.wait_began": "customer",
    "message.received": "his_word",
    "case.engineering_wait_began": "engineering",
    "case.scheduled": "scheduled",
    "case.resolved": "",
    "case.withdrawn": "",
    "case.closed": "",
    "case.merged": "",
}
PLACES = (
    "case.assigned",
    "case.escalation_accepted",
    "case.escalation_returned",
    "case.escalation_taken_back",
)
KINDS = (
    *TURNS,
    *PLACES,
    "case.severity_changed",
    "case.marked_spam",
    "case.unmarked_spam",
    "case.escalated",
    "case.contact_logged",
    "case.placed",
    "message.sent",
    "message.failed",
)
ENTRIES = """
    SELECT s.subject_id, e.id, e.kind, floor(extract(epoch FROM e.occurred_at))::bigint, e.actor_kind,
           e.actor_id, e.facts::text
      FROM keepwell_journal_entrysubject s JOIN keepwell_journal_entry e ON e.id = s.entry_id
     WHERE s.kind = 'case' AND e.kind = ANY(%s)
     ORDER BY s.subject_id, e.id
"""
# What the journal does not tell of: the product that a case is about, and the names of products.
PRODUCTS = """
    SELECT c.id, p.name FROM keepwell_cases_case c JOIN keepwell_customers_product p ON p.id = c.product_id
"""
AT_ONCE = 50_000


class Entry(NamedTuple):
    case: int
    id: int
    kind: str
    at: int
    actor: str
    actor_id: int | None
    facts: dict[str, Any]

    @property
    def person(self) -> int | None:
        return self.actor_id if self.actor == "person" else None


@dataclass(kw_only=True, slots=True)
class End:
    """is_withdrawn: by the customer's word. undone: whether it was reopened."""

    at: int
    how: str
    by: int | None
    is_withdrawn: bool = False
    undone: bool = False


@dataclass(kw_only=True, slots=True)
class HandOff:
    """became: "" while nobody has answered, else accepted, returned, taken_back or lapsed."""

    at: int
    levels: tuple[int, int]
    is_accepted: bool = False
    became: str = ""


@dataclass(kw_only=True, slots=True)
class Stay:
    level: int
    entered: int
    left: int | None = None


@dataclass(kw_only=True)
class Life:
    """A case as the journal tells of it. contacts: when each human contact was, by what it is."""

    case: int
    account: int | None
    severity: str
    channel: str
    live: bool
    opened: int
    opened_by: int | None
    product: str = ""
    level: int = 1
    team: int | None = None
    assignee: int | None = None
    is_open: bool = True
    is_spam: bool = False
    is_merged: bool = False
    ends: list[End] = field(default_factory=list)
    stays: list[Stay] = field(default_factory=list)
    hand_offs: dict[int, HandOff] = field(default_factory=dict)
    contacts: dict[Any, int] = field(default_factory=dict)
    words: list[int] = field(default_factory=list)
    turns: list[tuple[int, int, str]] = field(default_factory=list)
    taken: list[tuple[int, int]] = field(default_factory=list)
    answers: list[tuple[int, int | None]] = field(default_factory=list)
    called: list[int] = field(default_factory=list)

    @property
    def counts(self) -> bool:
        return not (self.is_spam or self.is_merged)

    @property
    def resolutions(self) -> list[End]:
        return [end for end in self.ends if not end.is_withdrawn]

    def tell(self, entry: Entry) -> None:
        if entry.kind in TURNS:
            self.turns.append((entry.at, entry.id, entry.kind))
        if entry.kind in PLACES:
            self._place(entry)
        named = getattr(self, "_" + entry.kind.replace(".", "_"), None)
        if named is not None:
            named(entry)

    def _enter(self, at: int) -> None:
        self.stays.append(Stay(level=self.level, entered=at))

    def _leave(self, at: int) -> None:
        if self.stays and self.stays[-1].left is None:
            self.stays[-1].left = max(at, self.stays[-1].entered)

    def _place(self, entry: Entry) -> None:
        level, team = entry.facts.get("level") or self.level, entry.facts.get("team")
        self.assignee = entry.facts.get("assignee")
        if (level, team) != (self.level, self.team):
            self._leave(entry.at)
            self.level, self.team = level, team
            self._enter(entry.at)
        if entry.kind in PLACES[:2] and self.assignee is not None:
            self.taken.append((entry.at, self.assignee))

    def _case_opened(self, entry: Entry) -> None:
        self._enter(entry.at)
        if self.live:
            self.contacts["live"] = entry.at
            self.called.append(entry.at)

    def _case_placed(self, entry: Entry) -> None:
        self.account = entry.facts.get("account")

    def _case_severity_changed(self, entry: Entry) -> None:
        self.severity = entry.facts["to_severity"]

    def _end_work(self, at: int) -> None:
        self._leave(at)
        for hand_off in self.hand_offs.values():
            hand_off.became = hand_off.became or "lapsed"

    def _case_resolved(self, entry: Entry) -> None:
        self._end_work(entry.at)
        self.is_open = False
        self.ends.append(End(at=entry.at, how=entry.facts["how"], by=entry.person))

    def _case_withdrawn(self, entry: Entry) -> None:
        self._end_work(entry.at)
        self.is_open = False
        self.ends.append(End(at=entry.at, how="withdrawn", by=None, is_withdrawn=True))

    def _case_reopened(self, entry: Entry) -> None:
        self._enter(entry.at)
        self.is_open = True
        if self.ends:
            self.ends[-1].undone = True

    def _case_merged(self, entry: Entry) -> None:
        self._end_work(entry.at)
        self.is_open, self.is_merged = False, True

    def _case_marked_spam(self, entry: Entry) -> None:
        self._end_work(entry.at)
        self.is_spam = True

    def _case_unmarked_spam(self, entry: Entry) -> None:
        self.is_spam = False
        if self.is_open:
            self._enter(entry.at)

    def _case_escalated(self, entry: Entry) -> None:
        levels = entry.facts["from_level"], entry.facts["to_level"]
        self.hand_offs[entry.facts["escalation"]] = HandOff(at=entry.at, levels=levels)
        self.assignee = self.assignee or entry.person

    def _case_escalation_accepted(self, entry: Entry) -> None:
        hand_off = self.hand_offs[entry.facts["escalation"]]
        hand_off.is_accepted, hand_off.became = True, "accepted"

    def _case_escalation_returned(self, entry: Entry) -> None:
        self.hand_offs[entry.facts["escalation"]].became = "returned"

    def _case_escalation_taken_back(self, entry: Entry) -> None:
        self.hand_offs[entry.facts["escalation"]].became = "taken_back"

    def _case_contact_logged(self, entry: Entry) -> None:
        self.contacts["by hand", entry.id] = entry.at
        if entry.facts["live"]:
            self.called.append(entry.at)

    def _message_received(self, entry: Entry) -> None:
        self.words.append(entry.at)

    def _message_sent(self, entry: Entry) -> None:
        if not entry.facts.get("automatic"):
            self.contacts["sent", entry.facts["message"]] = entry.at
        self.answers.append((entry.at, entry.person))

    def _message_failed(self, entry: Entry) -> None:
        self.contacts.pop(("sent", entry.facts["message"]), None)


def lives_of(connection: Any, at: int) -> list[Life]:
    """Every case that counts as of an instant: no spam, and none that was merged away."""
    products = dict(connection.execute(PRODUCTS))
    return [life for life in _told(connection, at, products) if life.counts]


def _told(connection: Any, at: int, products: dict[int, str]) -> Iterator[Life]:
    with connection.cursor(name="lives") as cursor:
        cursor.itersize = AT_ONCE
        cursor.execute(ENTRIES, [list(KINDS)])
        for case, rows in groupby(cursor, key=lambda row: row[0]):
            entries = [Entry(*row[:6], json.loads(row[6])) for row in rows]
            if entries[0].at <= at:
                yield _life([one for one in entries if one.at <= at], products.get(case, ""))


def _life(entries: list[Entry], product: str) -> Life:
    opened = entries[0]
    facts = opened.facts
    life = Life(
        case=opened.case,
        account=facts.get("account"),
        severity=facts["severity"],
        channel=facts["channel"],
        live=facts["live"],
        opened=opened.at,
        opened_by=opened.person,
        product=product,
    )
    for entry in entries:
        life.tell(entry)
    return life
